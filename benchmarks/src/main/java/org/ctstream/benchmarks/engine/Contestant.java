package org.ctstream.benchmarks.engine;

import org.ctstream.model.classify.SliceBatch;

/** One way to run a network. For one thread. */
interface Contestant extends AutoCloseable {
    /** What it is, in a few words. */
    String name();

    /** Computes the batch, and reads the results as far as its users would. */
    void run(SliceBatch batch) throws Exception;

    @Override
    void close() throws Exception;
}
