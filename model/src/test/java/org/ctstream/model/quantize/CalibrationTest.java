package org.ctstream.model.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.classify.Precision;
import org.ctstream.model.engine.pytorch.PyTorchClassifiers;
import org.ctstream.model.engine.support.OnnxRuntimeEnvironment;
import org.ctstream.model.graph.Graph;
import org.ctstream.model.graph.quantized.ChannelRange;
import org.ctstream.model.graph.quantized.Ranges;
import org.ctstream.model.network.Networks;
import org.ctstream.model.network.StagedNetwork;
import org.ctstream.model.onnx.OnnxExport;
import org.ctstream.model.onnx.OnnxModel;
import org.ctstream.model.onnx.OnnxOptions;
import org.ctstream.model.onnx.RandomWeights;
import org.ctstream.model.onnx.Target;
import org.ctstream.model.release.Lineage;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.weights.Weights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calibrates small networks and lets ONNX Runtime say what their INT8 form answers. */
class CalibrationTest {
    private static final int SIDE = 64;
    private static final int SLICES = 12;

    @TempDir
    private Path folder;

    private ModelStore store;

    @BeforeEach
    void makeStore() {
        store = new ModelStore(folder.resolve("store"));
    }

    @ParameterizedTest
    @CsvSource({"small-cnn, CPU", "small-cnn, GPU", "resnet18, CPU", "resnet18, GPU", "densenet121, CPU"})
    void int8NetworkAnswersNearlyWhatTheFloatOneDoes(String architecture, Target target) throws OrtException {
        StoredRelease release = save(architecture);
        OnnxOptions options = OnnxOptions.cpu().withTarget(target);

        OnnxModel quantized = export(release, calibrated(release), options);

        float[] expected = logits(OnnxExport.of(release, options));
        float[] found = logits(quantized);
        assertThat(found).isNotEqualTo(expected);
        assertThat(found).containsExactly(expected, within(0.1f * spread(expected)));
        assertThat(quantized.heatmap()).isPresent();
    }

    @Test
    void allConvolutionsButTheFirstTakeAndGiveIntegersOnProcessors() {
        StoredRelease release = save("small-cnn");

        Graph graph = export(release, calibrated(release), OnnxOptions.cpu()).graph();

        assertThat(graph.nodes().stream()
                        .filter(node -> node.is("Conv"))
                        .map(node -> graph.byOutput().containsKey(node.input(1))))
                .containsExactly(false, true, true);
        assertThat(graph.nodes().stream().filter(node -> node.is("QuantizeLinear")))
                .hasSize(4);
        assertThat(graph.constants().values().stream()
                        .map(tensor -> tensor.type().name()))
                .contains("I8", "U8", "I32");
    }

    @Test
    void rangesAreTheLowestAndHighestNumbersOfAllSlices() {
        StoredRelease release = save("small-cnn");
        Ranges dark = Ranges.of(calibrated(release, new byte[SIDE * SIDE])).orElseThrow();
        Ranges bright = Ranges.of(calibrated(release, white())).orElseThrow();

        Ranges both =
                Ranges.of(calibrated(release, new byte[SIDE * SIDE], white())).orElseThrow();

        SortedMap<String, ChannelRange> expected = new TreeMap<>(dark.byValue());
        bright.byValue().forEach((value, range) -> expected.merge(value, range, ChannelRange::with));
        assertThat(both.byValue()).isNotEmpty().isEqualTo(expected).isNotEqualTo(dark.byValue());
    }

    @Test
    void absurdRangesSpoilTheAnswers() throws OrtException {
        StoredRelease release = save("small-cnn");
        Weights weights = calibrated(release);
        SortedMap<String, ChannelRange> absurd = new TreeMap<>();
        Ranges.of(weights).orElseThrow().byValue().forEach((value, range) -> {
            float[] high = new float[range.channels()];
            Arrays.fill(high, 1e6f);
            absurd.put(value, new ChannelRange(new float[range.channels()], high));
        });

        float[] found = logits(export(release, new Ranges(absurd).addedTo(weights, Map.of()), OnnxOptions.cpu()));

        float[] expected = logits(OnnxExport.of(release, OnnxOptions.cpu()));
        assertThat(spread(found)).isLessThan(0.1f * spread(expected));
    }

    @Test
    void int8ReleaseIsNotQuantizedAgain() {
        StoredRelease release = save("small-cnn");
        StoredRelease quantized = store.save(manifest("small-cnn", "2", calibrated(release)), calibrated(release));

        assertThatThrownBy(() -> Calibration.open(quantized, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("small-cnn:2 is an INT8 release already");
    }

    @Test
    void engineThatComputesInFloatRefusesTheRelease() {
        StoredRelease release = save("small-cnn");
        Weights weights = calibrated(release);
        StoredRelease quantized = store.save(manifest("small-cnn", "2", weights), weights);

        assertThatThrownBy(() -> new PyTorchClassifiers().open(quantized, EngineOptions.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("small-cnn:2")
                .hasMessageContaining("INT8")
                .hasMessageContaining("onnxruntime");
    }

    @Test
    void halfPrecisionIsNotMixedIn() {
        StoredRelease release = save("small-cnn");
        Weights weights = calibrated(release);

        assertThatThrownBy(() -> export(release, weights, OnnxOptions.gpu().withPrecision(Precision.FP16)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("INT8");
    }

    @Test
    void valueWithoutARangeIsRefusedNamingIt() {
        StoredRelease release = save("small-cnn");
        Weights weights = calibrated(release);
        Ranges ranges = Ranges.of(weights).orElseThrow();
        String first = ranges.byValue().firstKey();
        SortedMap<String, ChannelRange> fewer = new TreeMap<>(ranges.byValue());
        fewer.remove(first);
        Weights incomplete = new Ranges(fewer).addedTo(RandomWeights.of(Networks.named("small-cnn", 2), 7), Map.of());

        assertThatThrownBy(() -> export(release, incomplete, OnnxOptions.cpu()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(first)
                .hasMessageContaining("quantize the float release again");
    }

    @Test
    void sliceOfAnotherSizeIsRefused() {
        try (Calibration calibration = Calibration.open(save("small-cnn"), 1)) {
            assertThatThrownBy(() -> calibration.add(new byte[10]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("64 x 64");
            assertThatThrownBy(calibration::quantized).isInstanceOf(IllegalStateException.class);
        }
    }

    private Weights calibrated(StoredRelease release) {
        return calibrated(release, slices());
    }

    private static Weights calibrated(StoredRelease release, byte[]... slices) {
        try (Calibration calibration = Calibration.open(release, 1)) {
            for (byte[] slice : slices) {
                calibration.add(slice);
            }
            return calibration.quantized();
        }
    }

    private StoredRelease save(String architecture) {
        Weights weights = RandomWeights.of(Networks.named(architecture, 2), 7);
        return store.save(manifest(architecture, "1", weights), weights);
    }

    private static ModelRelease manifest(String architecture, String version, Weights weights) {
        return new ModelRelease(
                architecture,
                version,
                "For tests.",
                architecture,
                weights.sha256(),
                SIDE,
                SIDE,
                Collections.nCopies(3, 0.4),
                Collections.nCopies(3, 0.25),
                List.of("negative", "positive"),
                0.5,
                true,
                Map.of(),
                new Lineage(Map.of(), 0, "", null),
                Instant.EPOCH);
    }

    private static OnnxModel export(StoredRelease release, Weights weights, OnnxOptions options) {
        StagedNetwork network = Networks.named(release.release().architecture(), 2);
        return OnnxExport.of(network, release.release(), weights, options);
    }

    /** Smooth ones, each of its own brightness: a network tells them apart. */
    private static byte[][] slices() {
        Random random = new Random(3);
        byte[][] slices = new byte[SLICES][SIDE * SIDE];
        for (int i = 0; i < SLICES; i++) {
            double rows = random.nextDouble() / 4;
            double columns = random.nextDouble() / 4;
            for (int place = 0; place < SIDE * SIDE; place++) {
                int row = place / SIDE;
                double wave = Math.sin(rows * row) * Math.cos(columns * (place % SIDE));
                slices[i][place] = (byte) (127 + 100 * wave + 2 * i);
            }
        }
        return slices;
    }

    private static byte[] white() {
        byte[] white = new byte[SIDE * SIDE];
        Arrays.fill(white, (byte) -1);
        return white;
    }

    private static float[] logits(OnnxModel model) throws OrtException {
        ByteBuffer slices = ByteBuffer.allocateDirect(SLICES * SIDE * SIDE);
        for (byte[] slice : slices()) {
            slices.put(slice);
        }
        OrtEnvironment environment = OnnxRuntimeEnvironment.get();
        long[] shape = {SLICES, SIDE, SIDE};
        try (OrtSession session = environment.createSession(model.bytes());
                OnnxTensor input = OnnxTensor.createTensor(environment, slices.flip(), shape, OnnxJavaType.UINT8);
                OrtSession.Result result = session.run(Map.of("slices", input))) {
            FloatBuffer buffer = ((OnnxTensor) result.get("logits").orElseThrow()).getFloatBuffer();
            float[] values = new float[buffer.remaining()];
            buffer.get(values);
            return values;
        }
    }

    /** From the smallest to the largest difference of the two logits. */
    private static float spread(float[] logits) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < logits.length; i += 2) {
            low = Math.min(low, logits[i + 1] - logits[i]);
            high = Math.max(high, logits[i + 1] - logits[i]);
        }
        return high - low;
    }
}
