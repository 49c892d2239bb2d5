package org.ctstream.model.engine.onnxruntime;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.EngineOptions;

/**
 * Arrangements worth trying, the plainest first.
 *
 * <p>On a processor: all threads for one run, one thread for each of as many runs, and, from four threads on, ways
 * between, also with half of the threads, because two of them may share a core. One or four slices a run: more gains
 * nothing there and takes memory. On an accelerator: one run or two, of few slices or as many as there are.
 */
final class Candidates {
    private static final int[] SLICES_ON_A_PROCESSOR = {1, 4};
    private static final int[] SLICES_ON_AN_ACCELERATOR = {EngineOptions.LARGEST_BATCH, 32, 8};

    private final EngineOptions options;
    private final List<Arrangement> found = new ArrayList<>();

    private Candidates(EngineOptions options) {
        this.options = options;
    }

    /**
     * @param processors threads that the machine can run at the same time
     * @return at least one; exactly one if the options leave no choice
     */
    static List<Arrangement> of(EngineOptions options, int processors) {
        Candidates candidates = new Candidates(options);
        if (options.device() instanceof Device.Gpu) {
            candidates.onAnAccelerator();
        } else {
            candidates.onAProcessor(options.threads() > 0 ? options.threads() : processors);
        }
        return candidates.found.stream().distinct().toList();
    }

    private void onAProcessor(int threads) {
        if (options.sessions() > 0) {
            add(options.sessions(), Math.max(1, threads / options.sessions()), SLICES_ON_A_PROCESSOR);
            return;
        }
        add(1, threads, SLICES_ON_A_PROCESSOR);
        if (threads >= 4) {
            add(threads / 2, 2, SLICES_ON_A_PROCESSOR);
        }
        add(threads, 1, SLICES_ON_A_PROCESSOR);
        if (threads >= 4 && options.threads() == 0) {
            add(1, threads / 2, SLICES_ON_A_PROCESSOR);
            add(threads / 2, 1, SLICES_ON_A_PROCESSOR);
        }
    }

    private void onAnAccelerator() {
        int threads = Math.max(1, options.threads());
        if (options.sessions() > 0) {
            add(options.sessions(), threads, SLICES_ON_AN_ACCELERATOR);
            return;
        }
        add(1, threads, SLICES_ON_AN_ACCELERATOR);
        add(2, threads, SLICES_ON_AN_ACCELERATOR);
    }

    /** The runs with each number of slices that is allowed; fewer runs if a batch cannot have as many slices. */
    private void add(int runs, int threadsPerRun, int[] slices) {
        int possible = Math.min(runs, options.maxBatch());
        if (possible < runs && options.sessions() == 0 && !found.isEmpty()) {
            return;
        }
        int most = (options.maxBatch() + possible - 1) / possible;
        IntStream tried = options.slicesPerRun() > 0 ? IntStream.of(options.slicesPerRun()) : IntStream.of(slices);
        tried.map(number -> Math.min(number, most))
                .forEach(number -> found.add(new Arrangement(possible, threadsPerRun, number)));
    }
}
