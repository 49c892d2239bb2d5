package org.ctstream.model.engine.tensorrt;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.EngineDescription;
import org.ctstream.model.classify.Prediction;
import org.ctstream.model.classify.SliceBatch;
import org.ctstream.model.engine.support.BatchCheck;
import org.ctstream.model.engine.support.CloseGate;
import org.ctstream.model.release.ModelRelease;

/**
 * A compiled network that computes a fixed number of slices in every run: a shorter batch is padded, a longer one divided,
 * and the parts of one batch run on as many sessions as there are.
 */
final class TensorRtClassifier implements Classifier {
    private final CloseGate gate = new CloseGate("the classifier of engine " + TensorRtClassifiers.NAME);
    private final ModelRelease release;
    private final EngineDescription engine;
    private final int maxBatch;
    private final Lanes lanes;
    private final Runnable freeNetwork;
    private final ExecutorService helpers;

    /**
     * @param engine its slices per run are the network's fixed batch
     * @param lanes owned by the classifier from now on
     * @param freeNetwork frees what the lanes' sessions share, after them
     */
    TensorRtClassifier(
            ModelRelease release, EngineDescription engine, int maxBatch, Lanes lanes, Runnable freeNetwork) {
        this.release = release;
        this.engine = engine;
        this.maxBatch = maxBatch;
        this.lanes = lanes;
        this.freeNetwork = freeNetwork;
        this.helpers = Executors.newFixedThreadPool(lanes.size(), TensorRtClassifier::helper);
    }

    private static Thread helper(Runnable work) {
        Thread thread = new Thread(work, "ctstream-tensorrt-session");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public List<Prediction> classify(SliceBatch batch) {
        return gate.pass(() -> {
            BatchCheck.check(batch, release, maxBatch);
            Prediction[] predictions = new Prediction[batch.size()];
            try {
                compute(batch.pixels(), Portion.of(batch.size(), engine.slicesPerRun()), predictions);
            } catch (RuntimeException e) {
                throw TensorRtFailures.MESSAGES.onClassifying(e, batch.size(), engine);
            }
            return List.of(predictions);
        });
    }

    private void compute(ByteBuffer pixels, List<Portion> portions, Prediction[] predictions) {
        if (portions.size() == 1 || lanes.size() == 1) {
            portions.forEach(portion -> lanes.withOne(lane -> lane.classify(pixels, portion, predictions)));
            return;
        }
        CompletableFuture<?>[] running = portions.stream()
                .map(portion -> CompletableFuture.runAsync(
                        () -> lanes.withOne(lane -> lane.classify(pixels, portion, predictions)), helpers))
                .toArray(CompletableFuture<?>[]::new);
        try {
            // For all of them, also after a failure: they read the caller's batch.
            CompletableFuture.allOf(running).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    @Override
    public ModelRelease release() {
        return release;
    }

    @Override
    public EngineDescription engine() {
        return engine;
    }

    @Override
    public int maxBatchSize() {
        return maxBatch;
    }

    @Override
    public void close() {
        gate.close(() -> {
            helpers.shutdown();
            lanes.close();
            freeNetwork.run();
        });
    }
}
