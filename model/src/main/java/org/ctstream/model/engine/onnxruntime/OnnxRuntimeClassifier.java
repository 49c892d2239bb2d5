package org.ctstream.model.engine.onnxruntime;

import java.util.List;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.EngineDescription;
import org.ctstream.model.classify.Prediction;
import org.ctstream.model.classify.SliceBatch;
import org.ctstream.model.engine.support.BatchCheck;
import org.ctstream.model.engine.support.CloseGate;
import org.ctstream.model.release.ModelRelease;

/** A network in ONNX Runtime; owns its sessions. */
final class OnnxRuntimeClassifier implements Classifier {
    private final CloseGate gate;
    private final Sessions sessions;
    private final ArrangedNetwork network;
    private final ModelRelease release;
    private final EngineDescription engine;
    private final int maxBatch;

    OnnxRuntimeClassifier(
            Sessions sessions, ArrangedNetwork network, ModelRelease release, EngineDescription engine, int maxBatch) {
        this.gate = new CloseGate("the classifier of engine " + engine.engine());
        this.sessions = sessions;
        this.network = network;
        this.release = release;
        this.engine = engine;
        this.maxBatch = maxBatch;
    }

    @Override
    public List<Prediction> classify(SliceBatch batch) {
        return gate.pass(() -> {
            BatchCheck.check(batch, release, maxBatch);
            try {
                return network.compute(batch).predictions();
            } catch (RuntimeException e) {
                throw OnnxRuntimeFailures.MESSAGES.onClassifying(e, batch.size(), engine);
            }
        });
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
            network.close();
            sessions.close();
        });
    }
}
