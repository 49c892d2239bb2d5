/** Tests of the training commands. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.train;
