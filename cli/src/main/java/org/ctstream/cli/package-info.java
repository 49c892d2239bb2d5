/** The ctstream command: its subcommands, their exit codes and how errors are shown. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli;
