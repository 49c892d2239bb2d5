package org.ctstream.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.ctstream.embedded.EmbeddedStack;
import org.ctstream.embedded.EmbeddedStackSettings;
import org.ctstream.schemas.Records;
import org.ctstream.schemas.registry.SchemaRegistration;
import org.ctstream.schemas.registry.SchemaText;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.serde.TrustedRecords;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.schemas.topic.TopicSpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our serializers and Confluent's genuine ones read each other, on a real broker and a real registry. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ConfluentSerializersIT {
    @TempDir
    private static Path directory;

    private static EmbeddedStack stack;

    @BeforeAll
    static void startTheStack() throws Exception {
        TrustedRecords.trust();
        stack = EmbeddedStack.start(EmbeddedStackSettings.in(directory.resolve("stack")));
        SchemaRegistration.of(configs()).registerAll();
        create(Topic.allSpecs());
    }

    @AfterAll
    static void stopTheStack() {
        stack.close();
    }

    @ParameterizedTest(name = "{0}, peer registers: {1}")
    @CsvSource({
        "SCAN_RECEIVED, false",
        "SCAN_RECEIVED, true",
        "SCAN_NORMALIZED, true",
        "SCAN_CLASSIFIED, false",
        "SCAN_CLASSIFIED, true",
        "SCAN_ALERTED, true",
        "SCAN_LABELED, true",
        "MODEL_RELEASED, true"
    })
    void whatConfluentWritesWeRead(Topic topic, boolean registers) throws Exception {
        SpecificRecord record = Records.of(topic);
        Path schema = Files.writeString(directory.resolve(topic + ".avsc"), SchemaText.of(topic.schema()));
        Path value = Files.writeString(directory.resolve(topic + ".json"), json(record));

        String at = peer().run(
                        "produce",
                        "--topic",
                        topic.topicName(),
                        "--schema",
                        schema.toString(),
                        "--value",
                        "@" + value,
                        "--key",
                        "scan-1",
                        "--auto.register.schemas",
                        String.valueOf(registers))
                .get(0);

        assertThat(read(topic, at)).isEqualTo(record);
        assertThat(versions(topic.topicName())).isEqualTo("[1]");
    }

    @ParameterizedTest(name = "{0}, we register: {1}")
    @CsvSource({
        "SCAN_RECEIVED, false",
        "SCAN_RECEIVED, true",
        "SCAN_NORMALIZED, true",
        "SCAN_CLASSIFIED, false",
        "SCAN_CLASSIFIED, true",
        "SCAN_ALERTED, true",
        "SCAN_LABELED, true",
        "MODEL_RELEASED, true"
    })
    void whatWeWriteConfluentReads(Topic topic, boolean registers) throws Exception {
        SpecificRecord record = Records.of(topic);
        String copy = topic.topicName() + ".copy-" + registers;
        Map<String, String> configs = new HashMap<>(configs());
        configs.put("auto.register.schemas", String.valueOf(registers));
        SchemaRegistration.of(configs).register(copy + "-value", topic.schema());
        create(List.of(topic.spec().withName(copy)));
        try (Serializer<SpecificRecord> serializer = Serializers.valueSerializer(configs);
                KafkaProducer<String, SpecificRecord> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", stack.bootstrapServers()), new StringSerializer(), serializer)) {
            producer.send(new ProducerRecord<>(copy, "scan-1", record)).get(30, TimeUnit.SECONDS);
        }

        List<String> read = peer().run("consume", "--topic", copy, "--count", "1", "--timeout", "30");

        assertThat(read).hasSize(1);
        assertThat(record(topic, read.get(0))).isEqualTo(record);
        assertThat(versions(copy)).isEqualTo("[1]");
    }

    /** What the sorting of Confluent's errors in schemas relies on. */
    @Test
    void confluentNamesTheErrorCodeOfAnUnknownSchemaId() throws Exception {
        raw("unknown-id", new byte[] {0, 0, 15, 66, 63, 1});

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> peer().run("consume", "--topic", "unknown-id", "--count", "1", "--timeout", "30"))
                .withMessageContaining("error code: 40403");
    }

    @Test
    void confluentCallsARegistryThatIsAwayASerializationErrorWithANetworkCause() throws Exception {
        raw("no-registry", new byte[] {0, 0, 0, 0, 1, 1});

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> peer().run(
                                "consume",
                                "--topic",
                                "no-registry",
                                "--count",
                                "1",
                                "--timeout",
                                "30",
                                "--schema.registry.url",
                                "http://127.0.0.1:" + freePort()))
                .withMessageContaining("SerializationException")
                .withMessageContaining("Caused by: java.net.ConnectException");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void raw(String topic, byte[] value) throws Exception {
        create(List.of(Topic.MODEL_RELEASED.spec().withName(topic)));
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, "key", value)).get(30, TimeUnit.SECONDS);
        }
    }

    private static void create(List<TopicSpec> specs) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            List<NewTopic> topics = specs.stream()
                    .map(spec -> new NewTopic(spec.name(), spec.partitions(), (short) 1).configs(spec.configs()))
                    .toList();
            admin.createTopics(topics).all().get(60, TimeUnit.SECONDS);
        }
    }

    private static SpecificRecord read(Topic topic, String partitionAtOffset) {
        String[] at = partitionAtOffset.split("@", -1);
        TopicPartition partition = new TopicPartition(topic.topicName(), Integer.parseInt(at[0]));
        try (Deserializer<? extends SpecificRecord> deserializer =
                        Serializers.valueDeserializer(configs(), topic.recordClass());
                KafkaConsumer<String, ? extends SpecificRecord> consumer = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", stack.bootstrapServers()),
                        new StringDeserializer(),
                        deserializer)) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, Long.parseLong(at[1]));
            for (int i = 0; i < 30; i++) {
                for (ConsumerRecord<String, ? extends SpecificRecord> record : consumer.poll(Duration.ofSeconds(1))) {
                    return record.value();
                }
            }
            throw new AssertionError("Nothing at " + partition + "@" + at[1]);
        }
    }

    private static String json(SpecificRecord record) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonEncoder encoder = EncoderFactory.get().jsonEncoder(record.getSchema(), out);
        new SpecificDatumWriter<>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static SpecificRecord record(Topic topic, String json) throws IOException {
        Schema schema = topic.schema();
        return new SpecificDatumReader<SpecificRecord>(schema)
                .read(null, DecoderFactory.get().jsonDecoder(schema, json));
    }

    private static String versions(String topic) throws IOException, InterruptedException {
        URI uri = URI.create(stack.registryUrl() + "/subjects/" + topic + "-value/versions");
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static PeerProcess peer() {
        return new PeerProcess(stack.bootstrapServers(), stack.registryUrl(), directory);
    }

    private static Map<String, String> configs() {
        return Map.of("schema.registry.url", stack.registryUrl());
    }
}
