package org.ctstream.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.ctstream.model.classify.Precision;
import org.ctstream.model.engine.support.OnnxRuntimeEnvironment;
import org.ctstream.model.graph.Node;
import org.ctstream.model.graph.PortType;
import org.ctstream.model.network.Answers;
import org.ctstream.model.network.DenseNet;
import org.ctstream.model.network.DenseNetLayout;
import org.ctstream.model.network.Networks;
import org.ctstream.model.network.Parameters;
import org.ctstream.model.network.StagedNetwork;
import org.ctstream.model.release.Lineage;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.weights.Weights;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxExportTest {
    private static final int SLICES = 3;
    private static final DenseNetLayout TINY = new DenseNetLayout("tiny", 4, List.of(2, 2), 8, 2);
    private static final List<Double> EQUAL = List.of(0.4, 0.4, 0.4);
    private static final List<Double> UNEQUAL = List.of(0.3, 0.4, 0.5);

    /** What one engine says of the slices. */
    @SuppressWarnings("ArrayRecordComponent") // compared element by element
    private record Said(float[] logits, float @Nullable [] evidence, float @Nullable [] embedding) {}

    static Stream<String> architectures() {
        return Networks.names().stream();
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void everyArchitectureIsTheSameFunctionInOnnxRuntimeAndInPyTorch(String architecture) throws OrtException {
        // AlexNet's linear layers want 6 x 6 places, which slices of this size give.
        int side = architecture.equals("alexnet") ? 224 : 64;
        assertSameFunction(() -> Networks.named(architecture, 2), side, EQUAL, OnnxOptions.cpu(), 1e-4f);
    }

    @ParameterizedTest
    @EnumSource(Target.class)
    void everyTargetIsTheSameFunction(Target target) throws OrtException {
        assertSameFunction(
                () -> new DenseNet(TINY), 36, EQUAL, OnnxOptions.cpu().withTarget(target), 1e-4f);
        assertSameFunction(
                () -> new DenseNet(TINY), 36, UNEQUAL, OnnxOptions.cpu().withTarget(target), 1e-4f);
    }

    @Test
    void slicesMayBeFloats() throws OrtException {
        assertSameFunction(
                () -> new DenseNet(TINY), 32, EQUAL, OnnxOptions.gpu().withInput(PortType.FLOAT32), 1e-4f);
    }

    @Test
    void halfPrecisionIsNearlyTheSameFunction() throws OrtException {
        OnnxOptions half = OnnxOptions.gpu().withPrecision(Precision.FP16);
        assertSameFunction(() -> new DenseNet(TINY), 32, UNEQUAL, half, 3e-2f);
        assertSameFunction(() -> new DenseNet(TINY), 32, EQUAL, half.withInput(PortType.FLOAT32), 3e-2f);
    }

    @Test
    void fixedBatchIsWrittenIntoTheFile() throws OrtException {
        DenseNet network = new DenseNet(TINY);
        OnnxModel model = export(network, 32, EQUAL, OnnxOptions.gpu().withBatch(SLICES));

        assertThat(onnx(model, slices(32), 32).logits()).hasSize(2 * SLICES);
        assertThatThrownBy(() -> onnx(model, ByteBuffer.allocateDirect(32 * 32), 32))
                .isInstanceOf(OrtException.class)
                .hasMessageContaining("Got: 1 Expected: 3");
    }

    @Test
    void oneChannelIsEnoughIfAllAreStandardisedAlike() {
        assertThat(firstKernels(EQUAL)).isEqualTo(List.of(8L, 1L, 7L, 7L));
        assertThat(firstKernels(UNEQUAL)).isEqualTo(List.of(8L, 3L, 7L, 7L));
    }

    @Test
    void noNormalizationIsLeftForProcessors() {
        OnnxModel model = export(new DenseNet(TINY), 32, EQUAL, OnnxOptions.cpu());

        assertThat(model.graph().nodes()).noneMatch(node -> node.is("BatchNormalization"));
        assertThat(model.heatmap()).contains(new OnnxModel.MapSize(4, 4));
    }

    @Test
    void embeddingIsTheInputOfTheLastLinearLayerAndIsLeftOutWhereNobodyAsksForIt() {
        OnnxModel with = export(Networks.named("resnet18-embedding", 2), 64, EQUAL, OnnxOptions.gpu());
        OnnxModel without = export(
                Networks.named("resnet18-embedding", 2),
                64,
                EQUAL,
                OnnxOptions.gpu().withoutEmbedding());

        assertThat(with.embeddingLength()).isEqualTo(512);
        assertThat(with.graph().byOutput().get("embedding"))
                .isNotNull()
                .satisfies(node -> assertThat(node.operator()).isEqualTo("Div"));
        assertThat(without.embeddingLength()).isZero();
        assertThat(without.graph().nodes())
                .as("another output is no other network")
                .hasSameSizeAs(with.graph().nodes());
    }

    @Test
    void networkThatDoesNotAverageHasNeitherHeatmapNorEmbedding() {
        OnnxModel model = export(Networks.named("alexnet", 2), 224, EQUAL, OnnxOptions.cpu());

        assertThat(model.heatmap()).isEmpty();
        assertThat(model.embeddingLength()).isZero();
        assertThatThrownBy(() -> export(Networks.named("alexnet", 2), 200, EQUAL, OnnxOptions.cpu()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("slices of this size");
    }

    private static List<Long> firstKernels(List<Double> mean) {
        OnnxModel model = export(new DenseNet(TINY), 32, mean, OnnxOptions.cpu());
        Node first = model.graph().nodes().stream()
                .filter(node -> node.is("Conv"))
                .findFirst()
                .orElseThrow();
        return model.graph().constant(first.input(1)).orElseThrow().shape();
    }

    private static void assertSameFunction(
            Supplier<StagedNetwork> networks, int side, List<Double> mean, OnnxOptions options, float tolerance)
            throws OrtException {
        StagedNetwork network = networks.get();
        ByteBuffer slices = slices(side);
        Weights weights = RandomWeights.of(network, 7);
        Said found = onnx(export(network, weights, side, mean, options), slices, side);
        Said expected = pyTorch(network, weights, slices, side, mean);

        assertThat(found.logits()).containsExactly(expected.logits(), within(tolerance * magnitude(expected.logits())));
        assertThat(found.evidence() == null).isEqualTo(expected.evidence() == null);
        float[] evidence = expected.evidence();
        if (evidence != null && found.evidence() != null) {
            assertThat(found.evidence()).containsExactly(evidence, within(tolerance * magnitude(evidence)));
        }
        assertThat(found.embedding() == null).isEqualTo(expected.embedding() == null);
        float[] embedding = expected.embedding();
        if (embedding != null && found.embedding() != null) {
            assertThat(found.embedding()).containsExactly(embedding, within(tolerance * magnitude(embedding)));
        }
    }

    private static float magnitude(float[] values) {
        float largest = 1;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static OnnxModel export(StagedNetwork network, int side, List<Double> mean, OnnxOptions options) {
        return export(network, RandomWeights.of(network, 7), side, mean, options);
    }

    private static OnnxModel export(
            StagedNetwork network, Weights weights, int side, List<Double> mean, OnnxOptions options) {
        ModelRelease release = new ModelRelease(
                "test",
                "1",
                "For tests.",
                network.architecture(),
                "0".repeat(64),
                side,
                side,
                mean,
                List.of(0.25, 0.25, 0.25),
                List.of("negative", "positive"),
                0.5,
                true,
                Map.of(),
                new Lineage(Map.of(), 0, "", ""),
                Instant.EPOCH);
        return OnnxExport.of(network, release, weights, options);
    }

    private static ByteBuffer slices(int side) {
        byte[] pixels = new byte[SLICES * side * side];
        new Random(3).nextBytes(pixels);
        return ByteBuffer.allocateDirect(pixels.length).put(pixels).flip();
    }

    private static Said onnx(OnnxModel model, ByteBuffer slices, int side) throws OrtException {
        OrtEnvironment environment = OnnxRuntimeEnvironment.get();
        long[] shape = {slices.remaining() / side / side, side, side};
        try (OrtSession session = environment.createSession(model.bytes());
                OnnxTensor input = model.options().input() == PortType.UINT8
                        ? OnnxTensor.createTensor(environment, slices.duplicate(), shape, OnnxJavaType.UINT8)
                        : OnnxTensor.createTensor(environment, floats(slices), shape);
                OrtSession.Result result = session.run(Map.of("slices", input))) {
            return new Said(
                    values(result.get("logits").orElseThrow()),
                    model.heatmap().isEmpty()
                            ? null
                            : values(result.get("evidence").orElseThrow()),
                    model.embeddingLength() == 0
                            ? null
                            : values(result.get("embedding").orElseThrow()));
        }
    }

    private static FloatBuffer floats(ByteBuffer slices) {
        FloatBuffer floats = ByteBuffer.allocateDirect(slices.remaining() * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        for (int i = 0; i < slices.remaining(); i++) {
            floats.put(i, Byte.toUnsignedInt(slices.get(i)));
        }
        return floats;
    }

    private static float[] values(OnnxValue value) {
        FloatBuffer buffer = ((OnnxTensor) value).getFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    private static Said pyTorch(
            StagedNetwork network, Weights weights, ByteBuffer slices, int side, List<Double> mean) {
        try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
            network.setInitializer(Initializer.ZEROS, parameter -> true);
            network.initialize(manager, DataType.FLOAT32, new Shape(1, 3, side, side));
            network.freezeParameters(true);
            Parameters.load(network, network.architecture(), weights);
            try (NDArray images = images(manager, slices, side, mean);
                    Answers answers = network.answer(new ParameterStore(manager, false), images)) {
                return new Said(
                        answers.logits().toFloatArray(), values(answers.evidence()), values(answers.embedding()));
            }
        }
    }

    private static float @Nullable [] values(@Nullable NDArray array) {
        return array == null ? null : array.toFloatArray();
    }

    private static NDArray images(NDManager manager, ByteBuffer slices, int side, List<Double> mean) {
        int pixels = side * side;
        float[] values = new float[SLICES * 3 * pixels];
        for (int slice = 0; slice < SLICES; slice++) {
            for (int channel = 0; channel < 3; channel++) {
                for (int i = 0; i < pixels; i++) {
                    double grey = Byte.toUnsignedInt(slices.get(slice * pixels + i)) / 255.0;
                    values[(slice * 3 + channel) * pixels + i] = (float) ((grey - mean.get(channel)) / 0.25);
                }
            }
        }
        return manager.create(values, new Shape(SLICES, 3, side, side));
    }
}
