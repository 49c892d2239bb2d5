package org.ctstream.model.engine.none;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.EngineDescription;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.classify.Prediction;
import org.ctstream.model.classify.SliceBatch;
import org.ctstream.model.engine.support.BatchCheck;
import org.ctstream.model.engine.support.CloseGate;
import org.ctstream.model.release.ModelRelease;

/** Predicts the mean grey of a sample of each slice's pixels, divided by 255: a slice of one grey g gets g/255. */
final class NoneClassifier implements Classifier {
    /** Prime, so that the sample is no column of the slice; some five hundred pixels of 224 x 224. */
    private static final int STRIDE = 97;

    private static final int WHITE = 255;

    private final CloseGate gate = new CloseGate("the classifier of engine " + NoneClassifiers.NAME);
    private final ModelRelease release;
    private final int maxBatch;
    private final SimulatedDevice device;

    NoneClassifier(ModelRelease release, EngineOptions options) {
        this.release = release;
        this.maxBatch = options.maxBatch();
        this.device = new SimulatedDevice(options.simulatedCost());
    }

    @Override
    public List<Prediction> classify(SliceBatch batch) {
        return gate.pass(() -> {
            BatchCheck.check(batch, release, maxBatch);
            device.compute(batch.size());
            ByteBuffer pixels = batch.pixels();
            int slicePixels = batch.height() * batch.width();
            List<Prediction> predictions = new ArrayList<>(batch.size());
            for (int i = 0; i < batch.size(); i++) {
                predictions.add(new Prediction.Scored(sampledMean(pixels, i * slicePixels, slicePixels) / WHITE));
            }
            return List.copyOf(predictions);
        });
    }

    private static double sampledMean(ByteBuffer pixels, int begin, int count) {
        long sum = 0;
        int sampled = 0;
        for (int i = 0; i < count; i += STRIDE) {
            sum += Byte.toUnsignedInt(pixels.get(begin + i));
            sampled++;
        }
        return (double) sum / sampled;
    }

    @Override
    public ModelRelease release() {
        return release;
    }

    @Override
    public EngineDescription engine() {
        return new EngineDescription(NoneClassifiers.NAME, Device.CPU, "1", 1);
    }

    @Override
    public int maxBatchSize() {
        return maxBatch;
    }

    @Override
    public void close() {
        gate.close(() -> {});
    }
}
