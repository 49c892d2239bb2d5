/** What a program writes: a section of Markdown with targets, tables and conditions, and the report of all sections. */
@org.jspecify.annotations.NullMarked
package org.ctstream.benchmarks.report;
