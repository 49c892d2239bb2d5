package org.ctstream.cli.plan;

/**
 * Seconds a scan spends at a worker, from when it could have been taken to the end of its batch.
 *
 * @param utilization share of the time the engine computes, 0 to 1
 * @param meanBatch scans in a batch
 */
record Times(double utilization, double meanBatch, double mean, double p50, double p95, double p99) {}
