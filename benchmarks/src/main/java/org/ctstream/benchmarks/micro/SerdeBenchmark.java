package org.ctstream.benchmarks.micro;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.ctstream.benchmarks.cluster.NormalizedTopic;
import org.ctstream.imaging.phantom.PhantomSlices;
import org.ctstream.imaging.slice.SliceNormalizer;
import org.ctstream.schemas.avro.Heatmap;
import org.ctstream.schemas.avro.InlinePayload;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.Priority;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.schemas.avro.ScanNormalized;
import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Topic;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Each record of the stream through the serializers of this build, registry client included, beside Avro alone. */
@State(Scope.Benchmark)
public class SerdeBenchmark {
    private static final Map<String, String> IN_MEMORY = Map.of("schema.registry.url", "mock://benchmark");
    private static final int MAP_SIDE = 7;

    /** Which record. */
    @Param({"ScanReceived", "ScanNormalized", "ScanClassified"})
    public String record = "";

    private final Serializer<SpecificRecord> serializer = Serializers.valueSerializer(IN_MEMORY);
    private SpecificRecord value = classified();
    private Topic topic = Topic.SCAN_CLASSIFIED;
    private Deserializer<? extends SpecificRecord> deserializer =
            Serializers.valueDeserializer(IN_MEMORY, ScanClassified.class);
    private PlainAvro<SpecificRecord> plain = new PlainAvro<>(value);
    private byte[] wire = {};
    private byte[] avro = {};

    /** For JMH. */
    public SerdeBenchmark() {}

    /** Makes the record. */
    @Setup
    public void make() throws IOException {
        switch (record) {
            case "ScanReceived" -> use(received(), Topic.SCAN_RECEIVED, ScanReceived.class);
            case "ScanNormalized" -> use(normalized(), Topic.SCAN_NORMALIZED, ScanNormalized.class);
            case "ScanClassified" -> use(classified(), Topic.SCAN_CLASSIFIED, ScanClassified.class);
            default -> throw new IllegalArgumentException("record " + record);
        }
    }

    private <T extends SpecificRecord> void use(T made, Topic its, Class<T> type) throws IOException {
        value = made;
        topic = its;
        deserializer = Serializers.valueDeserializer(IN_MEMORY, type);
        plain = new PlainAvro<>(made);
        wire = serializer.serialize(topic.topicName(), made);
        avro = plain.write(made);
    }

    @Benchmark
    public byte[] serialize() {
        return serializer.serialize(topic.topicName(), value);
    }

    @Benchmark
    public byte[] serializeBaseline() throws IOException {
        return plain.write(value);
    }

    @Benchmark
    public SpecificRecord deserialize() {
        return deserializer.deserialize(topic.topicName(), wire);
    }

    @Benchmark
    public SpecificRecord deserializeBaseline() throws IOException {
        return plain.read(avro);
    }

    private static ScanReceived received() {
        return ScanReceived.newBuilder()
                .setScanId("scan-1")
                .setSource("benchmark")
                .setReceivedAt(Instant.EPOCH)
                .setPriority(Priority.ROUTINE)
                .setContentType("image/png")
                .setPayload(new InlinePayload(
                        ByteBuffer.wrap(new PhantomSlices().generate(1, true).toPng())))
                .build();
    }

    private static ScanNormalized normalized() {
        return NormalizedTopic.scan(
                "scan-1",
                new SliceNormalizer()
                        .normalize(new PhantomSlices().generate(1, true).toGreySlice()));
    }

    private static ScanClassified classified() {
        List<Float> places = new ArrayList<>();
        for (int i = 0; i < MAP_SIDE * MAP_SIDE; i++) {
            places.add(i / (float) (MAP_SIDE * MAP_SIDE));
        }
        return ScanClassified.newBuilder()
                .setResultId("0".repeat(64))
                .setScanId("scan-1")
                .setSource("benchmark")
                .setPriority(Priority.ROUTINE)
                .setSourceDigest("0".repeat(64))
                .setPreprocessingVersion(SliceNormalizer.PREPROCESSING_VERSION)
                .setLabel(Label.POSITIVE)
                .setProbability(0.9)
                .setThreshold(0.5)
                .setModelName("densenet169")
                .setModelVersion("1.0.0")
                .setModelDigest("0".repeat(64))
                .setModelTrained(true)
                .setEngine("onnxruntime")
                .setDevice("cpu")
                .setWorker("worker-1")
                .setHeatmap(new Heatmap(MAP_SIDE, MAP_SIDE, places))
                .setReceivedAt(Instant.EPOCH)
                .setNormalizedAt(Instant.EPOCH)
                .setClassifiedAt(Instant.EPOCH)
                .build();
    }
}
