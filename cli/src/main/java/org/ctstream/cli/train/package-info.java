/** Training from the command line: runs, the checks before a long one, and releases of what came out. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.train;
