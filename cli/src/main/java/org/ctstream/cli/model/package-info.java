/** Releases in the model store and their stages: list, show, add, promote, retire. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.model;
