package org.ctstream.model.engine.onnxruntime;

import ai.djl.MalformedModelException;
import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.classify.SliceBatch;
import org.ctstream.model.onnx.OnnxModel;
import org.ctstream.model.release.ModelRelease;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses how batches are computed, by a short measurement where the options leave a choice, and remembers it.
 *
 * <p>What was measured for an architecture and options holds for its later releases in this process: the trial would
 * take its time in the middle of a hot swap, and compete with the release that is being replaced. A measurement in which
 * a candidate failed holds for its own release alone.
 *
 * <h2>Thread safety</h2>
 *
 * Thread-safe; one measurement at a time, which others would spoil.
 */
final class Arranging {
    private static final Logger LOG = LoggerFactory.getLogger(Arranging.class);
    private static final long TRIAL_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Map<Key, Arrangement> chosen = new LinkedHashMap<>();

    /** What a choice holds for. */
    private record Key(String architecture, int height, int width, boolean integers, EngineOptions options) {}

    /** A network in some arrangement with a batch that fills its runs. */
    private record Attempt(ArrangedNetwork network, SliceBatch batch) {
        int compute() {
            network.compute(batch);
            return batch.size();
        }
    }

    /** The network in the arrangement that is set, known or measured; the sessions it does not need are closed. */
    ArrangedNetwork arrange(Sessions sessions, ModelRelease release, EngineOptions options, OnnxModel model)
            throws OrtException, IOException, MalformedModelException {
        Arrangement arrangement = choose(sessions, release, options, model);
        ArrangedNetwork network = arranged(arrangement, sessions, options, OutputSizes.of(model));
        sessions.keepOnly(Stream.of(arrangement.threadsPerRun(), wideThreads(arrangement, options))
                .collect(Collectors.toSet()));
        return network;
    }

    private synchronized Arrangement choose(
            Sessions sessions, ModelRelease release, EngineOptions options, OnnxModel model)
            throws OrtException, IOException, MalformedModelException {
        List<Arrangement> candidates =
                Candidates.of(options, Runtime.getRuntime().availableProcessors());
        if (candidates.size() == 1) {
            return candidates.get(0);
        }
        boolean integers = model.graph().nodes().stream().anyMatch(node -> node.is("QuantizeLinear"));
        Key key = new Key(release.architecture(), release.height(), release.width(), integers, options.withCache(null));
        Arrangement known = chosen.get(key);
        if (known == null) {
            Trial trial = new Trial(System::nanoTime, TRIAL_NANOS);
            known = measure(trial, candidates, sessions, release, options, OutputSizes.of(model));
            // One that failed may have lacked what the release that is being replaced still held.
            if (!trial.anyFailed()) {
                chosen.put(key, known);
            }
        }
        return known;
    }

    private static Arrangement measure(
            Trial trial,
            List<Arrangement> candidates,
            Sessions sessions,
            ModelRelease release,
            EngineOptions options,
            OutputSizes sizes)
            throws OrtException, IOException, MalformedModelException {
        Map<Arrangement, Attempt> attempts = new LinkedHashMap<>();
        try {
            for (Arrangement candidate : candidates) {
                int slices = Math.min(options.maxBatch(), candidate.runs() * candidate.slicesPerRun());
                attempts.put(
                        candidate, new Attempt(arranged(candidate, sessions, options, sizes), batch(slices, release)));
            }
            Arrangement fastest = trial.fastest(
                    candidates,
                    candidate -> Objects.requireNonNull(attempts.get(candidate)).compute());
            LOG.info(
                    "Measured arrangements of runs x threads x slices, time per slice"
                            + " architecture={} device={} chosen={} tried=[{}]",
                    release.architecture(),
                    options.device(),
                    fastest,
                    trial.report());
            return fastest;
        } finally {
            attempts.values().forEach(attempt -> attempt.network().close());
        }
    }

    private static ArrangedNetwork arranged(
            Arrangement arrangement, Sessions sessions, EngineOptions options, OutputSizes sizes)
            throws OrtException, IOException, MalformedModelException {
        return new ArrangedNetwork(
                arrangement,
                sessions.withThreads(arrangement.threadsPerRun()),
                sessions.withThreads(wideThreads(arrangement, options)),
                sizes);
    }

    /**
     * Threads of the session for batches with fewer slices than runs. An accelerator computes them as any other; the
     * threads are not what it computes with.
     */
    private static int wideThreads(Arrangement arrangement, EngineOptions options) {
        return options.device() instanceof Device.Gpu
                ? arrangement.threadsPerRun()
                : arrangement.runs() * arrangement.threadsPerRun();
    }

    /** Slices of no particular content: what a run takes does not depend on it. */
    private static SliceBatch batch(int slices, ModelRelease release) {
        SliceBatch batch = new SliceBatch(slices, release.height(), release.width());
        byte[] pixels = new byte[release.height() * release.width()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 31);
        }
        for (int slice = 0; slice < slices; slice++) {
            batch.add(pixels);
        }
        return batch;
    }
}
