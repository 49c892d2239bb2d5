package org.ctstream.cli.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.ctstream.cli.CliException;
import org.ctstream.cli.CliRun;
import org.ctstream.cli.ExitCodes;
import org.ctstream.cli.connect.Connection;
import org.ctstream.embedded.EmbeddedStack;
import org.ctstream.embedded.EmbeddedStackSettings;
import org.ctstream.schemas.avro.ImageStatistics;
import org.ctstream.schemas.avro.Priority;
import org.ctstream.schemas.avro.ScanNormalized;
import org.ctstream.schemas.serde.Serializers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicSlicesIT {
    private static final String TOPIC = "ct.scan.normalized";
    private static final int SIDE = 4;

    @Test
    void takesWhatTheWorkersSeeAndLeavesOutWhatIsNoSlice(@TempDir Path folder) throws Exception {
        try (EmbeddedStack stack = EmbeddedStack.start(EmbeddedStackSettings.in(folder))) {
            Connection connection = Connection.plain(stack.bootstrapServers(), stack.registryUrl());
            var slices = new TopicSlices(connection);
            assertThatThrownBy(() -> slices.take(5, SIDE, pixels -> true))
                    .isInstanceOf(CliException.class)
                    .hasMessageContaining("There is no topic " + TOPIC)
                    .hasMessageContaining("--calibration FOLDER");
            createTopics(stack);
            publish(connection);

            CalibrationSlices.Sample all = slices.take(100, SIDE, pixels -> pixels[0] != 7);
            CalibrationSlices.Sample some = slices.take(5, SIDE, pixels -> true);

            assertThat(all.slices()).hasSize(19).allMatch(slice -> slice.length == SIDE * SIDE);
            assertThat(all.unwanted()).as("number 7, and number 0 again").isEqualTo(2);
            assertThat(all.unusable()).as("of another size, and undecodable").isEqualTo(2);
            assertThat(some.slices()).hasSize(5).doesNotHaveDuplicates();
        }
    }

    private static void createTopics(EmbeddedStack stack) {
        CliRun created = CliRun.of(
                "topics", "create", "--bootstrap-server", stack.bootstrapServers(), "--registry", stack.registryUrl());
        assertThat(created.exitCode()).as(created.err()).isEqualTo(ExitCodes.OK);
    }

    /** Twenty slices, one of them twice, one of another size, and bytes that are no record. */
    private static void publish(Connection connection) throws Exception {
        try (Serializer<ScanNormalized> serializer = Serializers.valueSerializer(connection.serializers());
                var producer = new KafkaProducer<>(
                        connection.producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i <= 20; i++) {
                send(producer, "scan" + i, serializer.serialize(TOPIC, scan("scan" + i, i % 20, SIDE)));
            }
            send(producer, "large", serializer.serialize(TOPIC, scan("large", 50, 2 * SIDE)));
            send(producer, "damaged", new byte[] {1, 2, 3});
        }
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, String key, byte[] value) throws Exception {
        producer.send(new ProducerRecord<>(TOPIC, key.getBytes(StandardCharsets.UTF_8), value))
                .get();
    }

    private static ScanNormalized scan(String id, int first, int side) {
        byte[] pixels = new byte[side * side];
        pixels[0] = (byte) first;
        return ScanNormalized.newBuilder()
                .setScanId(id)
                .setSource("test")
                .setReceivedAt(Instant.EPOCH)
                .setNormalizedAt(Instant.EPOCH)
                .setPriority(Priority.ROUTINE)
                .setHeight(side)
                .setWidth(side)
                .setPixels(ByteBuffer.wrap(pixels))
                .setSourceDigest("0".repeat(64))
                .setSourceFormat("PNG")
                .setPreprocessingVersion("test")
                .setStatistics(new ImageStatistics(0.0, 0.0, 0, 0))
                .build();
    }
}
