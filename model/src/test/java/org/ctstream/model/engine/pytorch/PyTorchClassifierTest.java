package org.ctstream.model.engine.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchRuntimeException;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.ctstream.model.TestReleases;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.EngineDescription;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.classify.EngineOptions.SimulatedCost;
import org.ctstream.model.classify.Prediction;
import org.ctstream.model.classify.SliceBatch;
import org.ctstream.model.engine.ClassifierContract;
import org.ctstream.model.network.DenseNet;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.weights.Tensor;
import org.ctstream.model.weights.Weights;
import org.ctstream.model.weights.WeightsException;
import org.junit.jupiter.api.Test;

class PyTorchClassifierTest extends ClassifierContract {
    private final Weights weights = TestReleases.weights();
    private final ModelRelease release = TestReleases.release("1.0.0", weights);

    @Override
    protected Classifier open(EngineOptions options) {
        return open(weights, options);
    }

    @Override
    protected String engineName() {
        return "pytorch";
    }

    @Test
    void memoryStaysFlatOverThousandsOfBatches() throws Exception {
        SliceBatch batch = batch(0, 1, 2, 3, 4, 5, 6, 7);
        try (Classifier classifier = open(EngineOptions.defaults().withThreads(1))) {
            classify(classifier, batch, 300);
            touchHeap();
            long before = residentKibibytes();

            // In a thread that did not load the engine, as in a service; kept intermediate results would be 2 GB.
            CompletableFuture.runAsync(() -> classify(classifier, batch, 2_000)).get();

            assertThat(residentKibibytes() - before).isLessThan(256 * 1024);
        }
    }

    @Test
    void gradientsAreOffWhileClassifyingAndAsBeforeAfterwards() throws Exception {
        List<Boolean> modes = CompletableFuture.supplyAsync(() -> {
                    JniUtils.setGradMode(true);
                    try (GradMode off = GradMode.off()) {
                        assertThat(JniUtils.isGradMode()).isFalse();
                    }
                    boolean afterOff = JniUtils.isGradMode();
                    try (Classifier classifier = open(EngineOptions.defaults())) {
                        classifier.classify(batch(0));
                    }
                    return List.of(afterOff, JniUtils.isGradMode());
                })
                .get();

        assertThat(modes).containsExactly(true, true);
    }

    @Test
    void sliceWithoutAFiniteOutputIsReportedAndItsNeighboursAreNot() {
        SliceBatch batch = batch(0, 1, 2, 3, 4, 5, 6, 7);
        // A classifier so large that it just overflows on the slice with the largest logit.
        float factor = Float.MAX_VALUE / largestLogit(batch) * 1.01f;
        try (Classifier classifier = open(scaled("classifier.weight", factor), EngineOptions.defaults())) {
            List<Prediction> predictions = classifier.classify(batch);

            assertThat(predictions).hasSize(8).hasAtLeastOneElementOfType(Prediction.NotFinite.class);
            assertThat(predictions).hasAtLeastOneElementOfType(Prediction.Scored.class);
        }
    }

    @Test
    void batchBeyondTheMachinesMemoryIsOutOfMemory() {
        try (NDManager manager = NDManager.newBaseManager()) {
            RuntimeException refused = catchRuntimeException(() -> manager.zeros(new Shape(1L << 44)));

            assertThat(PyTorchFailures.onClassifying(refused, 8, description()))
                    .isInstanceOf(ClassifierException.OutOfMemory.class)
                    .hasMessageContaining("a batch of 8 slices failed on engine pytorch");
        }
    }

    @Test
    void deviceThatIsNotThereIsRefusedSayingSo() {
        assertThatThrownBy(() -> open(EngineOptions.defaults().withDevice(new Device.Gpu(99))))
                .isInstanceOf(ClassifierException.Unavailable.class)
                .hasMessageContaining("device gpu-99")
                .hasMessageContaining("choose device cpu");
    }

    @Test
    void weightsOfAnotherNetworkAreRefusedNamingTheTensor() {
        TreeMap<String, Tensor> tensors = new TreeMap<>(weights.tensors());
        tensors.put("features.conv0.weight", Tensor.ofFloats(List.of(8L, 1L, 7L, 7L), new float[8 * 49]));

        assertThatThrownBy(() -> open(new Weights(weights.metadata(), tensors), EngineOptions.defaults()))
                .isInstanceOf(WeightsException.Mismatch.class)
                .hasMessageContaining("features.conv0.weight expected F32 [8, 3, 7, 7], found F32 [8, 1, 7, 7]");
    }

    @Test
    void weightsInHalfPrecisionAreServedAsTheFloatsTheyAre() {
        Weights halved = weights.toF16();
        TreeMap<String, Tensor> floats = new TreeMap<>(halved.tensors());
        floats.replaceAll((name, tensor) -> Tensor.ofFloats(tensor.shape(), tensor.toFloats()));

        try (Classifier expected = open(new Weights(Map.of(), floats), EngineOptions.defaults());
                Classifier found = open(halved, EngineOptions.defaults())) {
            assertThat(found.classify(batch(0, 1, 2))).isEqualTo(expected.classify(batch(0, 1, 2)));
        }
    }

    @Test
    void architectureItDoesNotKnowIsRefused() {
        assertThatThrownBy(() -> new PyTorchClassifiers()
                        .open(new StoredRelease(release, Path.of("not read")), EngineOptions.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("engine pytorch cannot serve release tiny:1.0.0: unknown architecture 'tiny'");
    }

    @Test
    void simulatedCostIsRefused() {
        EngineOptions options = EngineOptions.defaults().withSimulatedCost(SimulatedCost.ofMicros(1, 0));

        assertThatThrownBy(
                        () -> new PyTorchClassifiers().open(new StoredRelease(release, Path.of("not read")), options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("simulated cost");
    }

    private Classifier open(Weights someWeights, EngineOptions options) {
        return PyTorchClassifier.open(new DenseNet(TestReleases.TINY), release, someWeights, options);
    }

    private float largestLogit(SliceBatch batch) {
        try (PyTorchClassifier classifier =
                PyTorchClassifier.open(new DenseNet(TestReleases.TINY), release, weights, EngineOptions.defaults())) {
            float largest = 0;
            for (float logit : classifier.logits(batch)) {
                largest = Math.max(largest, Math.abs(logit));
            }
            return largest;
        }
    }

    private Weights scaled(String name, float factor) {
        Tensor tensor = weights.tensor(name);
        float[] values = tensor.toFloats();
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
        TreeMap<String, Tensor> tensors = new TreeMap<>(weights.tensors());
        tensors.put(name, Tensor.ofFloats(tensor.shape(), values));
        return new Weights(weights.metadata(), tensors);
    }

    private EngineDescription description() {
        try (Classifier classifier = open(EngineOptions.defaults())) {
            return classifier.engine();
        }
    }

    private static void classify(Classifier classifier, SliceBatch batch, int times) {
        for (int i = 0; i < times; i++) {
            classifier.classify(batch);
        }
    }

    /** Makes garbage of several times the heap, so that its pages, used or not, no longer add to the process's memory. */
    private static void touchHeap() {
        long most = 4 * Runtime.getRuntime().maxMemory();
        for (long made = 0; made < most; ) {
            made += ByteBuffer.allocate(1 << 14).capacity();
        }
    }

    private static long residentKibibytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
