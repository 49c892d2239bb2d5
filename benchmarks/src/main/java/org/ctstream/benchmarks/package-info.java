/** The command that runs the benchmarks: single programs, all of them, the report. */
@org.jspecify.annotations.NullMarked
package org.ctstream.benchmarks;
