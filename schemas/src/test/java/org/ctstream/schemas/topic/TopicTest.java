package org.ctstream.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicTest {
    @Test
    void namesAreThoseOtherSystemsAlreadyUse() {
        assertThat(Topic.values())
                .extracting(Topic::topicName)
                .containsExactly(
                        "ct.scan.received",
                        "ct.scan.received.stat",
                        "ct.scan.normalized",
                        "ct.scan.normalized.stat",
                        "ct.scan.classified",
                        "ct.scan.alerted",
                        "ct.scan.labeled",
                        "ct.model.released",
                        "ct.audit.redriven",
                        "ct.study.classified",
                        "ct.model.assessed");
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void recordsAreOfTheSchemaNamedInTheCatalogue(Topic topic) {
        Schema schema = topic.schema();

        assertThat(schema.getFullName()).isEqualTo(topic.recordClass().getName());
        assertThat(topic.valueSubject()).isEqualTo(topic.topicName() + "-value");
        assertThat(Topic.ofTopicName(topic.topicName())).contains(topic);
    }

    @Test
    void scansOfSixteenMebibytesFitWhereOriginalsTravelAndTheirDeadLettersFitToo() {
        int sixteenMiB = 16 * 1024 * 1024;

        assertThat(Topic.SCAN_RECEIVED.spec().maxMessageBytes()).isEqualTo(sixteenMiB);
        assertThat(Topic.SCAN_LABELED.spec().maxMessageBytes()).isEqualTo(sixteenMiB);
        assertThat(Topic.SCAN_RECEIVED.deadLetter().orElseThrow().maxMessageBytes())
                .isGreaterThan(sixteenMiB);
    }

    @Test
    void labelsAndReleasesAreCompactedAndKeptForEver() {
        assertThat(Topic.SCAN_LABELED.spec().configs())
                .containsEntry(TopicConfig.CLEANUP_POLICY_CONFIG, "compact")
                .containsEntry(TopicConfig.RETENTION_MS_CONFIG, "-1");
        assertThat(Topic.MODEL_RELEASED.spec().configs()).containsEntry(TopicConfig.CLEANUP_POLICY_CONFIG, "compact");
        assertThat(Topic.MODEL_RELEASED.spec().partitions()).isEqualTo(1);
        assertThat(Topic.MODEL_ASSESSED.spec().configs()).containsEntry(TopicConfig.CLEANUP_POLICY_CONFIG, "compact");
    }

    @Test
    void whatOurServicesConsumeHasDeadLettersKeptLongerThanItself() {
        assertThat(Topic.values())
                .filteredOn(topic -> topic.deadLetter().isPresent())
                .containsExactly(
                        Topic.SCAN_RECEIVED,
                        Topic.SCAN_RECEIVED_STAT,
                        Topic.SCAN_NORMALIZED,
                        Topic.SCAN_NORMALIZED_STAT,
                        Topic.SCAN_CLASSIFIED,
                        Topic.SCAN_LABELED)
                .allSatisfy(topic -> {
                    TopicSpec dead = topic.deadLetter().orElseThrow();
                    assertThat(dead.name()).isEqualTo(topic.topicName() + ".dlt");
                    assertThat(dead.cleanup()).isEqualTo(CleanupPolicy.DELETE);
                    assertThat(dead.retention()).isGreaterThan(topic.spec().retention());
                    assertThat(dead.maxMessageBytes())
                            .isGreaterThan(topic.spec().maxMessageBytes());
                });
        assertThat(Topic.allSpecs()).hasSize(17).extracting(TopicSpec::name).doesNotHaveDuplicates();
    }

    @Test
    void auditOfRedrivesIsKeptLongerThanAnyDeadLetterItMarks() {
        assertThat(Topic.AUDIT_REDRIVEN.spec().cleanup()).isEqualTo(CleanupPolicy.DELETE);
        assertThat(Topic.values())
                .flatExtracting(topic -> topic.deadLetter().stream().toList())
                .allSatisfy(dead -> assertThat(Topic.AUDIT_REDRIVEN.spec().retention())
                        .isGreaterThan(dead.retention().multipliedBy(10)));
    }

    @Test
    void ofAStudyTheNewestRevisionIsKeptForAYear() {
        assertThat(Topic.STUDY_CLASSIFIED.spec().configs())
                .containsEntry(TopicConfig.CLEANUP_POLICY_CONFIG, "compact,delete")
                .containsEntry(
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(Duration.ofDays(365).toMillis()))
                .containsEntry(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    }

    @Test
    void configsAreThoseTheBrokerKnows() {
        TopicSpec spec = new TopicSpec("a", 1, Duration.ofHours(1), CleanupPolicy.DELETE, 1000);

        assertThat(spec.configs())
                .isEqualTo(Map.of(
                        "retention.ms",
                        "3600000",
                        "cleanup.policy",
                        "delete",
                        "max.message.bytes",
                        "1000",
                        "message.timestamp.type",
                        "LogAppendTime"));
    }

    @Test
    void publishersClockDoesNotDecideWhenARecordIsDeleted() {
        assertThat(Topic.allSpecs())
                .filteredOn(spec -> spec.cleanup() == CleanupPolicy.DELETE)
                .hasSizeGreaterThan(10)
                .allSatisfy(spec -> assertThat(spec.configs())
                        .containsEntry(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime"));
        assertThat(Topic.SCAN_LABELED.spec().configs()).doesNotContainKey(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with space", "a/b"})
    void topicNameTheBrokerWouldRefuseIsRefusedHere(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TopicSpec(name, 1, TopicSpec.FOREVER, CleanupPolicy.COMPACT, 1));
    }

    @Test
    void zeroPartitionsAndNoRetentionAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TopicSpec("a", 0, TopicSpec.FOREVER, CleanupPolicy.COMPACT, 1))
                .withMessageContaining("expected 1 or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TopicSpec("a", 1, Duration.ZERO, CleanupPolicy.DELETE, 1));
    }
}
