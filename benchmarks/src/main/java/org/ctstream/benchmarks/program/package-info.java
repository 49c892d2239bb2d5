/** What all programs share: options, progress on the console, an orderly end, the section they write. */
@org.jspecify.annotations.NullMarked
package org.ctstream.benchmarks.program;
