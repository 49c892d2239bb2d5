package org.ctstream.cli.evaluate;

/**
 * The threshold in use.
 *
 * @param value lowest probability called positive
 * @param source where it came from: {@code release}, {@code option}, or {@code youden on FILE} and the like
 */
record ChosenThreshold(double value, String source) {}
