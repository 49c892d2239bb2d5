package org.ctstream.model.engine.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.ctstream.model.TestReleases;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.EngineDescription;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.classify.Heatmap;
import org.ctstream.model.classify.Precision;
import org.ctstream.model.classify.Prediction;
import org.ctstream.model.engine.ClassifierContract;
import org.ctstream.model.graph.PortType;
import org.ctstream.model.network.DenseNet;
import org.ctstream.model.onnx.OnnxExport;
import org.ctstream.model.onnx.OnnxModel;
import org.ctstream.model.onnx.OnnxModel.MapSize;
import org.ctstream.model.onnx.OnnxOptions;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.weights.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the engine does round TensorRT, which ONNX Runtime stands in for: it runs the network TensorRT would compile. */
class TensorRtClassifierTest extends ClassifierContract {
    private static final int PER_RUN = 3;
    private static final int MAX_BATCH = 8;
    private static final Optional<MapSize> NO_MAP = Optional.empty();

    private final Weights weights = TestReleases.weights();
    private final ModelRelease release = TestReleases.release("1.0.0", weights);

    @Override
    protected Classifier open(EngineOptions options) {
        return open(PER_RUN, options.threads(), options.maxBatch());
    }

    @Override
    protected String engineName() {
        return "tensorrt";
    }

    @Test
    void everyDivisionOfABatchGivesTheSamePredictions() {
        double[] whole = classifyAll(MAX_BATCH, 1);

        assertThat(classifyAll(1, 1)).containsExactly(whole, within(1e-5));
        assertThat(classifyAll(PER_RUN, 1)).containsExactly(whole, within(1e-5));
        assertThat(classifyAll(PER_RUN, 2)).containsExactly(whole, within(1e-5));
        assertThat(classifyAll(50, 1)).containsExactly(whole, within(1e-5));
    }

    @Test
    void heatmapIsTheSlicesOwnWhateverItsPlaceInARun() {
        try (Classifier classifier = open(PER_RUN, 1, MAX_BATCH)) {
            Heatmap alone = map(classifier.classify(batch(5)).get(0));

            List<Prediction> together = classifier.classify(batch(0, 1, 2, 3, 5, 6));

            assertThat(map(together.get(4)).values())
                    .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-4 ? 0 : 1)
                    .containsExactlyElementsOf(alone.values());
            assertThat(map(together.get(0))).isNotEqualTo(alone);
        }
    }

    @Test
    void shortRunIsPaddedWithBlackAndNotWithSlicesOfEarlierBatches() {
        var session = new GreySession(4, SIDE * SIDE);
        try (Classifier classifier = classifier(List.of(session), 4)) {
            classifier.classify(batch(1, 2, 3, 4));
            classifier.classify(batch(5));
        }

        assertThat(session.sum(0)).isPositive();
        assertThat(IntStream.range(1, 4)).allMatch(slice -> session.sum(slice) == 0);
    }

    @Test
    @Timeout(30)
    void partsOfOneBatchRunOnAllSessionsAtTheSameTime() {
        var together = new CountDownLatch(2);
        List<Session> sessions = List.of(new MeetingSession(together), new MeetingSession(together));

        try (Classifier classifier = classifier(sessions, 4)) {
            assertThat(classifier.classify(batch(0, 1, 2, 3, 4, 5, 6, 7))).hasSize(8);
        }
    }

    @Test
    void failedRunIsAnEngineFailureAndTheNextBatchIsClassified() {
        var session = new FailingSession(() -> new IllegalStateException("Session execution failed, code: 0"));
        try (Classifier classifier = classifier(List.of(session), 4)) {
            assertThatThrownBy(() -> classifier.classify(batch(0, 1)))
                    .isInstanceOf(ClassifierException.EngineFailure.class)
                    .hasMessageContaining("a batch of 2 slices failed on engine tensorrt 8.6.1, device cpu")
                    .hasMessageContaining("Session execution failed");

            session.mend();
            assertThat(classifier.classify(batch(0, 1))).hasSize(2);
        }
    }

    @Test
    void failureOfOnePartIsTheBatchsFailure() {
        var broken = new FailingSession(() -> new IllegalStateException("CUDA error: an illegal memory access"));
        try (Classifier classifier = classifier(List.of(broken, broken), 2)) {
            assertThatThrownBy(() -> classifier.classify(batch(0, 1, 2, 3, 4)))
                    .isInstanceOf(ClassifierException.DeviceLost.class)
                    .hasMessageContaining("a batch of 5 slices");
        }
        var full = new FailingSession(() -> new IllegalStateException("cudaMalloc: out of memory"));
        try (Classifier classifier = classifier(List.of(full), 2)) {
            assertThatThrownBy(() -> classifier.classify(batch(0))).isInstanceOf(ClassifierException.OutOfMemory.class);
        }
    }

    @Test
    void closingFreesEverySessionOnceAndThenTheNetwork() {
        List<String> freed = new ArrayList<>();
        var first = new GreySession(2, SIDE * SIDE, () -> freed.add("session"));
        var second = new GreySession(2, SIDE * SIDE, () -> freed.add("session"));
        Classifier classifier = new TensorRtClassifier(
                release, engine(2, 2), MAX_BATCH, lanes(List.of(first, second), 2), () -> freed.add("network"));

        classifier.close();
        classifier.close();

        assertThat(freed).containsExactly("session", "session", "network");
    }

    private double[] classifyAll(int perRun, int sessions) {
        try (Classifier classifier = open(perRun, sessions, MAX_BATCH)) {
            return probabilities(classifier.classify(batch(0, 1, 2, 3, 4, 5, 6, 7)));
        }
    }

    private Classifier open(int perRun, int sessions, int maxBatch) {
        OnnxModel onnx = OnnxExport.of(
                new DenseNet(TestReleases.TINY),
                release,
                weights,
                OnnxOptions.gpu().withBatch(perRun).withInput(PortType.FLOAT32));
        List<Lane> lanes = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            lanes.add(new Lane(new OrtSession(onnx.bytes()), perRun, SIDE * SIDE, onnx.heatmap()));
        }
        return new TensorRtClassifier(release, engine(perRun, sessions), maxBatch, new Lanes(lanes), () -> {});
    }

    private Classifier classifier(List<? extends Session> sessions, int perRun) {
        return new TensorRtClassifier(
                release, engine(perRun, sessions.size()), MAX_BATCH, lanes(sessions, perRun), () -> {});
    }

    private static Lanes lanes(List<? extends Session> sessions, int perRun) {
        return new Lanes(sessions.stream()
                .map(session -> new Lane(session, perRun, SIDE * SIDE, NO_MAP))
                .toList());
    }

    private static EngineDescription engine(int perRun, int sessions) {
        return new EngineDescription("tensorrt", Device.CPU, "8.6.1", Precision.FP32, sessions, sessions, perRun);
    }

    private static Heatmap map(Prediction prediction) {
        return prediction.heatmap().orElseThrow();
    }

    /** Keeps what it was given. */
    private static class GreySession implements Session {
        private final FloatBuffer slices;
        private final FloatBuffer logits;
        private final int pixels;
        private final Runnable onClose;

        GreySession(int perRun, int pixels) {
            this(perRun, pixels, () -> {});
        }

        GreySession(int perRun, int pixels, Runnable onClose) {
            this.slices = FloatBuffer.allocate(perRun * pixels);
            this.logits = FloatBuffer.allocate(perRun * 2);
            this.pixels = pixels;
            this.onClose = onClose;
        }

        double sum(int slice) {
            return IntStream.range(slice * pixels, (slice + 1) * pixels)
                    .mapToDouble(slices::get)
                    .sum();
        }

        @Override
        public FloatBuffer slices() {
            return slices;
        }

        @Override
        public void run() {}

        @Override
        public FloatBuffer logits() {
            return logits;
        }

        @Override
        public Optional<FloatBuffer> evidence() {
            return Optional.empty();
        }

        @Override
        public void close() {
            onClose.run();
        }
    }

    /** Runs only while another one does. */
    private static final class MeetingSession extends GreySession {
        private final CountDownLatch together;

        MeetingSession(CountDownLatch together) {
            super(4, SIDE * SIDE);
            this.together = together;
        }

        @Override
        public void run() {
            together.countDown();
            try {
                together.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static final class FailingSession extends GreySession {
        private final Supplier<RuntimeException> failure;
        private final AtomicInteger mended = new AtomicInteger();

        FailingSession(Supplier<RuntimeException> failure) {
            super(4, SIDE * SIDE);
            this.failure = failure;
        }

        void mend() {
            mended.incrementAndGet();
        }

        @Override
        public void run() {
            if (mended.get() == 0) {
                throw failure.get();
            }
        }
    }
}
