package org.ctstream.embedded.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.ctstream.embedded.part.DirectoryInUseException;
import org.ctstream.embedded.part.PortTakenException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {

    private static EmbeddedBroker broker;
    private static Path directory;

    @BeforeAll
    static void start(@TempDir Path temp) {
        directory = temp.resolve("kafka");
        broker = new EmbeddedBroker(EmbeddedBrokerSettings.in(directory));
        broker.start();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void recordsAndAddressSurviveARestart() throws Exception {
        RecordsClient client = client();
        String address = broker.bootstrapServers();
        client.createTopic("kept", Map.of());
        client.produce("kept", RecordsClient.numbered(20));

        broker.restart();

        assertThat(broker.bootstrapServers()).isEqualTo(address);
        assertThat(client.readAll("kept")).containsExactly(RecordsClient.numbered(20));
    }

    @Test
    void recordOf16MebibytesPassesOnATopicThatAllowsIt() throws Exception {
        RecordsClient client = client();
        client.createTopic("big", Map.of("max.message.bytes", Integer.toString(RecordsClient.RECORD_LIMIT)));
        client.createTopic("small", Map.of());
        byte[] value = new byte[16 * 1024 * 1024];
        new Random(1).nextBytes(value);

        client.produce("big", value);

        assertThat(client.readAll("big")).containsExactly(value);
        assertThatThrownBy(() -> client.produce("small", value))
                .hasCauseInstanceOf(org.apache.kafka.common.errors.RecordTooLargeException.class);
    }

    @Test
    void unknownTopicIsNotCreatedByAConsumer() throws Exception {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            assertThat(consumer.partitionsFor("never-made", Duration.ofSeconds(5)))
                    .isNullOrEmpty();
            assertThat(admin.listTopics().names().get()).doesNotContain("never-made");
        }
    }

    @Test
    void committedTransactionReachesANextGenerationConsumerGroupAndAbortedDoesNot() throws Exception {
        client().createTopic("transactional", Map.of());
        byte[] aborted = {1};
        byte[] committed = {2};
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "it"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("transactional", aborted)).get();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("transactional", committed)).get();
            producer.commitTransaction();
        }

        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", broker.bootstrapServers(),
                        "group.id", "next-generation",
                        "group.protocol", "consumer",
                        "isolation.level", "read_committed",
                        "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.subscribe(List.of("transactional"));
            byte[] first = Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .pollInSameThread()
                    .until(() -> firstOf(consumer.poll(Duration.ofMillis(200))), value -> value.length > 0);
            assertThat(first).isEqualTo(committed);
        }
    }

    @Test
    void shareGroupReceivesARecord() throws Exception {
        client().createTopic("shared", Map.of());
        try (KafkaShareConsumer<byte[], byte[]> consumer = new KafkaShareConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "group.id", "sharers"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.subscribe(List.of("shared"));
            byte[] value = {3};
            // The group starts at the latest record, so records are written until one is behind its start.
            byte[] received = Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .pollInSameThread()
                    .until(
                            () -> {
                                client().produce("shared", value);
                                return firstOf(consumer.poll(Duration.ofMillis(200)));
                            },
                            got -> got.length > 0);
            assertThat(received).isEqualTo(value);
        }
    }

    @Test
    void directoryOfARunningBrokerIsRefused() {
        EmbeddedBroker second = new EmbeddedBroker(EmbeddedBrokerSettings.in(directory));

        assertThatThrownBy(second::start)
                .isInstanceOf(DirectoryInUseException.class)
                .hasMessageContaining(directory.toString());
        assertThat(second.isRunning()).isFalse();
    }

    @Test
    void occupiedPortIsNamed(@TempDir Path temp) throws Exception {
        try (ServerSocket occupant = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            EmbeddedBroker blocked =
                    new EmbeddedBroker(EmbeddedBrokerSettings.in(temp).withPorts(occupant.getLocalPort(), 0));

            assertThatThrownBy(blocked::start)
                    .isInstanceOf(PortTakenException.class)
                    .hasMessageContaining("127.0.0.1:" + occupant.getLocalPort());
        }
    }

    @Test
    void directoryOfAnotherClusterIsRefusedNamingBothIds(@TempDir Path temp) {
        String first = "AAAAAAAAAAAAAAAAAAAAAQ";
        String other = "AAAAAAAAAAAAAAAAAAAAAg";
        try (EmbeddedBroker owner =
                new EmbeddedBroker(EmbeddedBrokerSettings.in(temp).withClusterId(first))) {
            owner.start();
        }
        EmbeddedBroker stranger =
                new EmbeddedBroker(EmbeddedBrokerSettings.in(temp).withClusterId(other));

        assertThatThrownBy(stranger::start).isInstanceOfSatisfying(ClusterIdMismatchException.class, e -> {
            assertThat(e.expected()).isEqualTo(other);
            assertThat(e.found()).isEqualTo(first);
        });
    }

    private static RecordsClient client() {
        return new RecordsClient(broker.bootstrapServers());
    }

    private static byte[] firstOf(
            Iterable<? extends org.apache.kafka.clients.consumer.ConsumerRecord<byte[], byte[]>> records) {
        for (var record : records) {
            return record.value();
        }
        return new byte[0];
    }
}
