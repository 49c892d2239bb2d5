package org.ctstream.model.engine.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.ctstream.model.TestReleases;
import org.ctstream.model.classify.Availability;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.classify.EngineOptions.SimulatedCost;
import org.ctstream.model.classify.Precision;
import org.ctstream.model.classify.Prediction;
import org.ctstream.model.classify.SliceBatch;
import org.ctstream.model.network.DenseNet;
import org.ctstream.model.onnx.OnnxExport;
import org.ctstream.model.onnx.OnnxModel;
import org.ctstream.model.onnx.OnnxOptions;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.weights.Tensor;
import org.ctstream.model.weights.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class OnnxRuntimeClassifiersTest {
    private static final int SIDE = TestReleases.SIDE;
    private static final Device GPU = new Device.Gpu(0);

    private final Weights weights = TestReleases.weights();
    private final ModelRelease release = TestReleases.release("1.0.0", weights);
    private final OnnxRuntimeClassifiers factory = new OnnxRuntimeClassifiers();
    private final OnnxRuntimeClassifiers tensorRt = OnnxRuntimeClassifiers.tensorRt();

    @ParameterizedTest(name = "{0} threads, {1} sessions, {2} slices per run, batch of {3}")
    @CsvSource({"1, 1, 1, 7", "1, 1, 7, 7", "2, 2, 1, 7", "2, 2, 2, 7", "2, 2, 4, 1", "4, 2, 3, 8", "3, 3, 1, 2"})
    void predictionsDoNotDependOnHowABatchIsDivided(int threads, int sessions, int slicesPerRun, int slices) {
        EngineOptions options = EngineOptions.defaults()
                .withMaxBatch(8)
                .withThreads(threads)
                .withSessions(sessions)
                .withSlicesPerRun(slicesPerRun);
        try (Classifier classifier = open(weights, options);
                Classifier plain =
                        open(weights, options.withThreads(1).withSessions(1).withSlicesPerRun(8))) {
            assertThat(probabilities(classifier.classify(batch(slices))))
                    .containsExactly(probabilities(plain.classify(batch(slices))), within(1e-5));
            assertThat(classifier.engine().threads()).isEqualTo(threads);
            assertThat(classifier.engine().sessions()).isEqualTo(sessions);
            assertThat(classifier.engine().slicesPerRun()).isLessThanOrEqualTo(slicesPerRun);
        }
    }

    @Test
    void choiceIsMeasuredOnceForAnArchitectureAndOptions() {
        Logger logger = (Logger) LoggerFactory.getLogger(Arranging.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        try {
            EngineOptions options = EngineOptions.defaults().withMaxBatch(8).withThreads(2);
            open(weights, options).close();
            open(weights, options).close();
            open(weights, options.withMaxBatch(4)).close();
        } finally {
            logger.detachAppender(log);
            logger.setLevel(null);
            logger.setAdditive(true);
        }

        assertThat(log.list).hasSize(2);
        assertThat(log.list.get(0).getFormattedMessage())
                .contains("architecture=tiny device=cpu chosen=")
                .contains("1x2x1 ")
                .contains("2x1x4 ");
    }

    @Test
    void outputsThatOverflowAreReportedAndNotTakenForProbabilities() {
        Tensor tensor = weights.tensor("classifier.weight");
        float[] values = tensor.toFloats();
        for (int i = 0; i < values.length; i++) {
            values[i] *= 3e38f;
        }
        TreeMap<String, Tensor> tensors = new TreeMap<>(weights.tensors());
        tensors.put("classifier.weight", Tensor.ofFloats(tensor.shape(), values));
        try (Classifier classifier = open(new Weights(weights.metadata(), tensors), EngineOptions.defaults())) {
            assertThat(classifier.classify(batch(2))).hasOnlyElementsOfType(Prediction.NotFinite.class);
        }
    }

    @Test
    void gpuWithoutItsLibrariesIsMissingNamingWhatToInstall() {
        assertThat(factory.availability(GPU)).isInstanceOfSatisfying(Availability.Missing.class, missing -> {
            assertThat(missing.reason()).contains("built without CUDAExecutionProvider");
            assertThat(missing.remedy())
                    .contains("onnxruntime_gpu:1.21.0")
                    .contains("CUDA 12")
                    .contains("device cpu");
        });
        assertThat(tensorRt.availability(GPU)).isInstanceOfSatisfying(Availability.Missing.class, missing -> {
            assertThat(missing.reason()).contains("built without TensorrtExecutionProvider");
            assertThat(missing.remedy()).contains("TensorRT 10");
        });
    }

    @Test
    void processorIsAvailableButNotToTensorRt() {
        assertThat(factory.availability(Device.CPU))
                .isInstanceOfSatisfying(
                        Availability.Available.class,
                        available -> assertThat(available.version()).matches("1\\.\\d+\\.\\d+"));
        assertThat(tensorRt.availability(Device.CPU)).isInstanceOf(Availability.Missing.class);
    }

    @Test
    void gpuWithoutItsLibrariesIsRefusedAndNotReplacedByTheProcessor() {
        EngineOptions options = EngineOptions.defaults().withDevice(GPU);

        assertThatThrownBy(() -> factory.open(unread(), options))
                .isInstanceOf(ClassifierException.Unavailable.class)
                .hasMessageContaining("engine onnxruntime cannot use device gpu-0")
                .hasMessageContaining("onnxruntime_gpu:1.21.0");
        assertThatThrownBy(() -> tensorRt.open(unread(), options))
                .isInstanceOf(ClassifierException.Unavailable.class)
                .hasMessageContaining("engine onnxruntime-tensorrt cannot use device gpu-0")
                .hasMessageContaining("TensorRT 10");
    }

    @Test
    void halfPrecisionOnTheProcessorIsRefused() {
        EngineOptions options = EngineOptions.defaults().withPrecision(Precision.FP16);

        assertThatThrownBy(() -> factory.open(unread(), options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("half precision on a gpu only");
    }

    @Test
    void simulatedCostIsRefused() {
        EngineOptions options = EngineOptions.defaults().withSimulatedCost(SimulatedCost.ofMicros(1, 0));

        assertThatThrownBy(() -> factory.open(unread(), options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("simulated cost");
    }

    @Test
    void architectureItDoesNotKnowIsRefused() {
        assertThatThrownBy(() -> factory.open(unread(), EngineOptions.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("engine onnxruntime cannot serve release tiny:1.0.0")
                .hasMessageContaining("unknown architecture 'tiny'");
    }

    private StoredRelease unread() {
        return new StoredRelease(release, Path.of("not read"));
    }

    private Classifier open(Weights someWeights, EngineOptions options) {
        OnnxModel model = OnnxExport.of(new DenseNet(TestReleases.TINY), release, someWeights, OnnxOptions.cpu());
        return factory.open(OnnxRuntimeLibrary.load(), new CpuProvider(), release, model, options);
    }

    private static double[] probabilities(List<Prediction> predictions) {
        return predictions.stream()
                .mapToDouble(prediction -> prediction.probability().orElseThrow())
                .toArray();
    }

    private static SliceBatch batch(int slices) {
        SliceBatch batch = new SliceBatch(slices, SIDE, SIDE);
        for (int slice = 0; slice < slices; slice++) {
            byte[] pixels = new byte[SIDE * SIDE];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (byte) (slice * 23 + i * (slice + 1) + i / SIDE * (9 - slice));
            }
            batch.add(pixels);
        }
        return batch;
    }
}
