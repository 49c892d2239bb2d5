package org.ctstream.cli.shadow;

/**
 * The time an engine took.
 *
 * @param slices classified
 * @param medianMillis per slice, over the batches
 * @param p95Millis per slice, over the batches
 */
record EngineLatency(long slices, double medianMillis, double p95Millis) {}
