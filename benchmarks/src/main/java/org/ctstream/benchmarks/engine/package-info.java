/** Engines by themselves: how fast against the machine's own limit and against each other, and how far they agree. */
@org.jspecify.annotations.NullMarked
package org.ctstream.benchmarks.engine;
