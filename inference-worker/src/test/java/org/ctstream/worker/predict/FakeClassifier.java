package org.ctstream.worker.predict;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.EngineDescription;
import org.ctstream.model.classify.Prediction;
import org.ctstream.model.classify.SliceBatch;
import org.ctstream.model.release.Lineage;
import org.ctstream.model.release.ModelRelease;

/**
 * An engine that answers each slice's grey level / 255, and fails where a test wants it to: on slices of one grey level,
 * on batches above a size, or always.
 */
final class FakeClassifier implements Classifier {
    static final int BAD_GREY = 13;
    static final int LOST_GREY = 99;

    private final int maxBatch;
    private final int memoryFor;
    private final String version;
    private final List<Integer> batchSizes = new ArrayList<>();
    private volatile boolean broken;
    private volatile boolean unclosable;
    private volatile boolean closed;

    FakeClassifier(int maxBatch, int memoryFor) {
        this(maxBatch, memoryFor, "1");
    }

    FakeClassifier(int maxBatch, int memoryFor, String version) {
        this.version = version;
        this.maxBatch = maxBatch;
        this.memoryFor = memoryFor;
    }

    void breakDown() {
        broken = true;
    }

    /** From now on closing it fails, as with what is bound to a device that is gone. */
    void cannotBeClosed() {
        unclosable = true;
    }

    boolean isClosed() {
        return closed;
    }

    List<Integer> batchSizes() {
        return batchSizes;
    }

    @Override
    public List<Prediction> classify(SliceBatch batch) {
        batchSizes.add(batch.size());
        if (batch.size() > memoryFor) {
            throw new ClassifierException.OutOfMemory("out of memory", new IllegalStateException("test"));
        }
        ByteBuffer pixels = batch.pixels();
        var predictions = new ArrayList<Prediction>();
        for (int i = 0; i < batch.size(); i++) {
            int grey = pixels.get(i * batch.height() * batch.width()) & 0xff;
            if (broken || grey == BAD_GREY) {
                throw new ClassifierException.EngineFailure("cannot classify", null);
            }
            if (grey == LOST_GREY) {
                throw new ClassifierException.DeviceLost("device lost", new IllegalStateException("test"));
            }
            predictions.add(new Prediction.Scored(grey / 255.0));
        }
        return predictions;
    }

    @Override
    public ModelRelease release() {
        return new ModelRelease(
                "fake",
                version,
                "a fake",
                "none",
                "ab".repeat(32),
                224,
                224,
                List.of(0.5, 0.5, 0.5),
                List.of(0.25, 0.25, 0.25),
                List.of("NEGATIVE", "POSITIVE"),
                0.5,
                false,
                Map.of(),
                new Lineage(Map.of(), 1, "test", null),
                Instant.EPOCH);
    }

    @Override
    public EngineDescription engine() {
        return new EngineDescription("fake", Device.CPU, "1", 1);
    }

    @Override
    public int maxBatchSize() {
        return maxBatch;
    }

    @Override
    public void close() {
        closed = true;
        if (unclosable) {
            throw new ClassifierException.EngineFailure("the device is gone", null);
        }
    }
}
