package org.ctstream.cli.demo;

/** Shows people how far a run is. */
interface ProgressView extends AutoCloseable {
    void show(Progress progress);

    @Override
    void close();
}
