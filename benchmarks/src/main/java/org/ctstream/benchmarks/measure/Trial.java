package org.ctstream.benchmarks.measure;

/** Measures one quantity once. */
@FunctionalInterface
public interface Trial {
    /** Runs it, untimed warm-up included, and returns the figure. */
    double measure() throws Exception;
}
