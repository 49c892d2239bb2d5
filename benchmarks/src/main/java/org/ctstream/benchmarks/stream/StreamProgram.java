package org.ctstream.benchmarks.stream;

import org.ctstream.benchmarks.engine.ReleaseOption;
import org.ctstream.benchmarks.input.InputOptions;
import org.ctstream.benchmarks.program.Program;
import picocli.CommandLine.Mixin;

/**
 * A program that runs a worker: which worker, with which release, on which scans.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 */
abstract class StreamProgram extends Program {
    @Mixin
    private WorkerOptions worker = new WorkerOptions();

    @Mixin
    private ReleaseOption release = new ReleaseOption();

    @Mixin
    private InputOptions input = new InputOptions();

    final WorkerOptions worker() {
        return worker;
    }

    final ReleaseOption release() {
        return release;
    }

    final InputOptions input() {
        return input;
    }
}
