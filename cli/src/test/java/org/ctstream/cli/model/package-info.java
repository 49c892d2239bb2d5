/** Tests of the commands that work on releases. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.model;
