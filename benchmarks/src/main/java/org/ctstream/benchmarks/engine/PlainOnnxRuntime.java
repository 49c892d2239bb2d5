package org.ctstream.benchmarks.engine;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ctstream.model.classify.EngineDescription;
import org.ctstream.model.classify.SliceBatch;
import org.ctstream.model.engine.support.OnnxRuntimeEnvironment;
import org.ctstream.model.network.Recording;

/**
 * A graph in ONNX Runtime by ONNX Runtime's own Java API, with default settings but for the threads: what our engine is
 * held against. It divides batches as our engine says it does: so many runs at the same time over one session, and small
 * batches to a session with all threads.
 */
final class PlainOnnxRuntime implements Contestant {
    /**
     * How batches are divided.
     *
     * @param threads over all runs
     * @param runs at the same time
     * @param slicesPerRun the most of one run; 0 for all
     */
    record Arrangement(int threads, int runs, int slicesPerRun) {
        static Arrangement like(EngineDescription engine) {
            return new Arrangement(engine.threads(), engine.sessions(), engine.slicesPerRun());
        }

        int parts(int slices) {
            int most = slicesPerRun == 0 ? slices : slicesPerRun;
            int needed = (slices + most - 1) / most;
            int rounds = (needed + runs - 1) / runs;
            return slices < runs ? 1 : Math.min(slices, rounds * runs);
        }
    }

    private final String name;
    private final Arrangement arrangement;
    private final OrtEnvironment environment = OnnxRuntimeEnvironment.get();
    private final OrtSession wide;
    private final OrtSession shared;
    private final ExecutorService helpers;

    PlainOnnxRuntime(String name, byte[] model, Arrangement arrangement) throws OrtException {
        this.name = name;
        this.arrangement = arrangement;
        this.wide = session(model, arrangement.threads());
        this.shared = arrangement.runs() == 1
                ? wide
                : session(model, Math.max(1, arrangement.threads() / arrangement.runs()));
        this.helpers = Executors.newFixedThreadPool(Math.max(1, arrangement.runs()));
    }

    private OrtSession session(byte[] model, int threads) throws OrtException {
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            return environment.createSession(model, options);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void run(SliceBatch batch) throws Exception {
        int slices = batch.size();
        int parts = arrangement.parts(slices);
        if (parts == 1) {
            compute(wide, batch, 0, slices);
            return;
        }
        List<Callable<Float>> work = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            int from = part * slices / parts;
            int to = (part + 1) * slices / parts;
            work.add(() -> compute(shared, batch, from, to));
        }
        for (Future<Float> done : helpers.invokeAll(work)) {
            done.get();
        }
    }

    /** Returns the first logit, so that nobody can leave the reading out. */
    private float compute(OrtSession session, SliceBatch batch, int from, int to) throws OrtException {
        int slice = batch.height() * batch.width();
        ByteBuffer pixels =
                batch.pixels().position(from * slice).limit(to * slice).slice();
        long[] shape = {to - from, batch.height(), batch.width()};
        try (OnnxTensor input = OnnxTensor.createTensor(environment, pixels, shape, OnnxJavaType.UINT8);
                OrtSession.Result outputs = session.run(Map.of(Recording.SLICES, input))) {
            float first = 0;
            for (var output : outputs) {
                first = ((OnnxTensor) output.getValue()).getFloatBuffer().get(0);
            }
            return first;
        }
    }

    @Override
    public void close() throws OrtException {
        helpers.shutdownNow();
        wide.close();
        if (shared != wide) {
            shared.close();
        }
    }
}
