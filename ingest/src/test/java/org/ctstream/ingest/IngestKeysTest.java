package org.ctstream.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.StreamsConfig;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.ingest.topology.DeadLetterHandler;
import org.ctstream.ingest.topology.PresentTimestamps;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.config.ConfigProblemsException;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.pseudonym.PseudonymKeys;
import org.junit.jupiter.api.Test;

class IngestKeysTest {
    @Test
    void defaultsAreTheDecodersOwnLimitsAndNoClaimChecks() {
        ServiceConfig config = config();

        assertThat(ScanPipelines.limits(config)).isEqualTo(DecodeLimits.DEFAULTS);
        assertThat(config.list(IngestKeys.CLAIM_CHECK_ROOTS)).isEmpty();
        assertThat(config.integer("http.port")).isEqualTo(8090);
        assertThat(config.string(IngestKeys.APPLICATION_ID)).isEqualTo("ctstream-ingest");
    }

    @Test
    void limitsAreMapped() {
        ServiceConfig config = config(
                IngestKeys.DECODE_MAX_BYTES, "10",
                IngestKeys.DECODE_MAX_PIXELS, "20",
                IngestKeys.DECODE_MAX_SIDE, "30",
                IngestKeys.DECODE_MAX_MS, "40");

        assertThat(ScanPipelines.limits(config)).isEqualTo(new DecodeLimits(10, 30, 30, 20, Duration.ofMillis(40)));
    }

    @Test
    void allProblemsAreReportedAtOnceAndNoSecretIsRepeated() {
        assertThatExceptionOfType(ConfigProblemsException.class)
                .isThrownBy(() -> config(
                        PseudonymKeys.PSEUDONYM_KEY,
                        "short!",
                        IngestKeys.CLAIM_CHECK_ROOTS,
                        "gopher://x/",
                        PseudonymKeys.SITE_TIME_ZONE,
                        "Atlantis/Capital",
                        "decode.max.pixel",
                        "1"))
                .satisfies(e -> assertThat(e.problems()).hasSize(4))
                .withMessageContaining("did you mean decode.max.pixels?")
                .withMessageNotContaining("short!");
    }

    @Test
    void exactlyOnceCannotBeConfiguredAway() {
        Map<Object, Object> settings = StreamsSettings.of(
                config(
                        "streams.processing.guarantee",
                        "at_least_once",
                        "streams.consumer.isolation.level",
                        "read_uncommitted"),
                Lane.ROUTINE);

        assertThat(settings)
                .containsEntry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2)
                .containsEntry("consumer.isolation.level", "read_committed")
                .containsEntry(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class)
                .containsEntry(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, "ct.scan.received.dlt");
    }

    @Test
    void operatorsStreamsKeysWinOverOurDefaults() {
        assertThat(StreamsSettings.of(
                        config("streams.group.protocol", "streams", "streams.producer.transaction.timeout.ms", "5000"),
                        Lane.ROUTINE))
                .containsEntry(StreamsConfig.GROUP_PROTOCOL_CONFIG, "streams")
                .containsEntry("producer.transaction.timeout.ms", "5000");
    }

    @Test
    void statScansHaveAnApplicationOfTheirOwnThatCommitsSoon() {
        ServiceConfig config = config("application.id", "site-ingest", "stat.stream.threads", "3");

        assertThat(StreamsSettings.of(config, Lane.ROUTINE))
                .containsEntry(StreamsConfig.APPLICATION_ID_CONFIG, "site-ingest")
                .containsEntry(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 2)
                .containsEntry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 250L);
        assertThat(StreamsSettings.of(config, Lane.STAT))
                .containsEntry(StreamsConfig.APPLICATION_ID_CONFIG, "site-ingest-stat")
                .containsEntry(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 3)
                .containsEntry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 25L)
                .containsEntry(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, "ct.scan.received.stat.dlt");
    }

    @Test
    void largestDeadLetterFitsTheProducer() {
        Object maxRequest = StreamsSettings.of(config(), Lane.ROUTINE).get("producer.max.request.size");

        assertThat((Integer) maxRequest)
                .isGreaterThan(Topic.SCAN_RECEIVED.deadLetter().orElseThrow().maxMessageBytes());
    }

    @Test
    void defaultsDoNotDependOnTheMachine() {
        assertThat(config().integer(IngestKeys.STREAM_THREADS)).isEqualTo(2);
        assertThat(config().string(PseudonymKeys.SITE_TIME_ZONE)).isEmpty();
    }

    @Test
    void recordWithoutATimestampIsTakenForNow() {
        long before = System.currentTimeMillis();
        var record = new ConsumerRecord<Object, Object>("t", 0, 0, "k", "v");

        assertThat(record.timestamp()).isEqualTo(-1);
        assertThat(new PresentTimestamps().extract(record, -1)).isGreaterThanOrEqualTo(before);
    }

    @Test
    void worstMemoryGrowsWithThreadsBytesAndPixels() {
        var limits = new DecodeLimits(100, 50, 50, 1_000, Duration.ofSeconds(1));

        assertThat(DecodeMemory.worstBytes(3, limits)).isEqualTo(3 * (2 * 100 + 10 * 1_000));
    }

    private static ServiceConfig config(String... keys) {
        var given = new HashMap<>(Map.of("bootstrap.servers", "b:1", "schema.registry.url", "mock://keys"));
        for (List<String> pair : pairs(keys)) {
            given.put(pair.get(0), pair.get(1));
        }
        return ServiceConfig.of("ingest", IngestKeys.def(), given);
    }

    private static List<List<String>> pairs(String... keys) {
        return java.util.stream.IntStream.range(0, keys.length / 2)
                .mapToObj(i -> List.of(keys[2 * i], keys[2 * i + 1]))
                .toList();
    }
}
