/** The command line. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli;
