/** Figures of repeated trials: medians, percentiles, ratios to a baseline, slopes. */
@org.jspecify.annotations.NullMarked
package org.ctstream.benchmarks.measure;
