package org.ctstream.imaging.slice;

/**
 * What a slice's grey levels look like, all on the scale 0 to 255.
 *
 * @param mean arithmetic mean
 * @param standardDeviation population standard deviation
 * @param min smallest value
 * @param max largest value
 */
public record SliceStatistics(double mean, double standardDeviation, int min, int max) {}
