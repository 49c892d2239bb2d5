package org.ctstream.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.ctstream.cli.console.Json;
import org.ctstream.publisher.Refusal;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.deadletter.DeadLetterHeaders;
import org.junit.jupiter.api.Test;

class AccountingTest {
    private static final Instant RECEIVED = Instant.parse("2026-01-01T00:00:00Z");

    private final TopicTally tally = new TopicTally();

    @Test
    void everyScanStoredOrDeadLetteredOnceIsComplete() {
        tally.add(on(Topic.SCAN_CLASSIFIED.topicName(), "a"));
        tally.add(deadLetter("b"));

        Report report = report(Map.of("a", "a.png", "b", "b.png"), List.of(result("a", "r1", 100)));

        assertThat(report.isComplete()).isTrue();
        assertThat(report.stored()).isEqualTo(1);
        assertThat(report.deadLettered()).isEqualTo(1);
        assertThat(report.results())
                .singleElement()
                .satisfies(row -> assertThat(row.source()).isEqualTo("a.png"));
        assertThat(report.deadLetters()).singleElement().satisfies(row -> {
            assertThat(row.source()).isEqualTo("b.png");
            assertThat(row.reason()).isEqualTo("truncated");
        });
    }

    @Test
    void scanThatGotNowhereIsNamed() {
        Report report = report(Map.of("a", "lost.png"), List.of());

        assertThat(report.isComplete()).isFalse();
        assertThat(report.missing()).containsExactly("lost.png");
    }

    @Test
    void scanThatIsBothStoredAndDeadLetteredIsNamed() {
        tally.add(deadLetter("a"));

        Report report = report(Map.of("a", "twice.png"), List.of(result("a", "r1", 100)));

        assertThat(report.isComplete()).isFalse();
        assertThat(report.contradictory()).containsExactly("twice.png");
    }

    @Test
    void surplusRecordsAndSurplusResultsAreDuplicates() {
        tally.add(on(Topic.SCAN_CLASSIFIED.topicName(), "a"));
        tally.add(on(Topic.SCAN_CLASSIFIED.topicName(), "a"));

        Report report = report(Map.of("a", "a.png"), List.of(result("a", "r1", 100), result("a", "r2", 100)));

        assertThat(report.duplicates()).isEqualTo(2);
        assertThat(report.isComplete()).isFalse();
    }

    @Test
    void secondAlertOfAScanIsADuplicate() {
        tally.add(on(Topic.SCAN_CLASSIFIED.topicName(), "a"));
        tally.add(on(Topic.SCAN_ALERTED.topicName(), "a"));
        tally.add(on(Topic.SCAN_ALERTED.topicName(), "a"));

        Report report = report(Map.of("a", "a.png"), List.of(result("a", "r1", 100)));

        assertThat(report.alerted()).isEqualTo(1);
        assertThat(report.duplicates()).isEqualTo(1);
        assertThat(report.isComplete()).isFalse();
    }

    @Test
    void secondDeadLetterOfAScanIsADuplicateOnWhicheverTopicItIs() {
        tally.add(deadLetter("a"));
        tally.add(on(Topic.SCAN_NORMALIZED.topicName() + Topic.DEAD_LETTER_SUFFIX, "a"));

        Report report = report(Map.of("a", "a.png"), List.of());

        assertThat(report.deadLettered()).isEqualTo(1);
        assertThat(report.duplicates()).isEqualTo(1);
        assertThat(report.isComplete()).isFalse();
    }

    @Test
    void scansOfOtherRunsAreLeftOut() {
        tally.add(on(Topic.SCAN_CLASSIFIED.topicName(), "old"));
        tally.add(on(Topic.SCAN_CLASSIFIED.topicName(), "old"));
        tally.add(deadLetter("old"));
        tally.add(deadLetter("old"));

        Report report = report(Map.of("a", "a.png"), List.of(result("a", "r1", 100), result("old", "r2", 100)));

        assertThat(report.isComplete()).isTrue();
        assertThat(report.classified()).isZero();
        assertThat(report.deadLetters()).isEmpty();
        assertThat(report.results()).hasSize(1);
    }

    @Test
    void refusedInputIsNotAnAccountedOne() {
        Report report = new Accounting(Map.of("a", "a.png"), List.of(new Refusal("huge.dcm", "too large")), tally)
                .report(List.of(result("a", "r1", 100)), Duration.ofSeconds(1));

        assertThat(report.isComplete()).isFalse();
    }

    @Test
    void percentilesAreMeasuredValues() {
        var results = new ArrayList<StoredResult>();
        var sources = new HashMap<String, String>();
        for (int i = 1; i <= 100; i++) {
            results.add(result("s" + i, "r" + i, i));
            sources.put("s" + i, "s" + i);
        }

        assertThat(report(sources, results).latencyMs()).isEqualTo(new Report.Latency(50, 95, 99));
    }

    @Test
    void jsonHasTheFieldsReadersRelyOn() {
        tally.add(deadLetter("b"));

        JsonNode json =
                Json.MAPPER.valueToTree(report(Map.of("a", "a.png", "b", "b.png"), List.of(result("a", "r1", 250))));

        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "published",
                        "normalized",
                        "classified",
                        "stored",
                        "alerted",
                        "deadLettered",
                        "duplicates",
                        "elapsedMs",
                        "scansPerSecond",
                        "latencyMs",
                        "models",
                        "results",
                        "deadLetters",
                        "missing",
                        "contradictory",
                        "refused",
                        "complete");
        assertThat(json.at("/latencyMs/p95").asLong()).isEqualTo(250);
        assertThat(json.at("/results/0").fieldNames())
                .toIterable()
                .contains("scanId", "source", "label", "probability", "modelVersion", "modelTrained", "engine");
        assertThat(json.at("/deadLetters/0").fieldNames())
                .toIterable()
                .containsExactly("scanId", "source", "stage", "reason", "error");
    }

    private Report report(Map<String, String> sources, List<StoredResult> results) {
        return new Accounting(sources, List.of(), tally).report(results, Duration.ofSeconds(1));
    }

    private static StoredResult result(String scanId, String resultId, long latencyMs) {
        return new StoredResult(
                resultId, scanId, "NEGATIVE", 0.1, "m", "1", true, "pytorch", RECEIVED, RECEIVED.plusMillis(latencyMs));
    }

    private static ConsumerRecord<byte[], byte[]> on(String topic, String scanId) {
        return new ConsumerRecord<>(topic, 0, 0, scanId.getBytes(UTF_8), new byte[0]);
    }

    private static ConsumerRecord<byte[], byte[]> deadLetter(String scanId) {
        var letter = on(Topic.SCAN_RECEIVED.topicName() + Topic.DEAD_LETTER_SUFFIX, scanId);
        letter.headers().add(DeadLetterHeaders.REASON, "truncated".getBytes(UTF_8));
        return letter;
    }
}
