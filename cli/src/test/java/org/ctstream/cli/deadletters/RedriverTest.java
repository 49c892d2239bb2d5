package org.ctstream.cli.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.ctstream.cli.CliException;
import org.ctstream.schemas.avro.LetterRedriven;
import org.ctstream.schemas.avro.RedriveOutcome;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Topic;
import org.junit.jupiter.api.Test;

class RedriverTest {
    private static final Map<String, Object> REGISTRY = Map.of("schema.registry.url", "mock://redriver");

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final List<AuditLine> printed = new ArrayList<>();
    private final AtomicLong time = new AtomicLong();
    private final Redriver redriver = new Redriver(
            producer,
            Serializers.valueSerializer(REGISTRY),
            new Asker("operator", "archive repaired"),
            Clock.systemUTC(),
            time::get,
            printed::add);

    @Test
    void recordAndAuditAreInOneTransaction() {
        redriver.send(send("scan-1", 1));
        assertThat(producer.history()).isEmpty();

        redriver.commit();

        assertThat(producer.history())
                .extracting(ProducerRecord::topic)
                .containsExactly("ct.scan.received", Topic.AUDIT_REDRIVEN.topicName());
        assertThat(producer.commitCount()).isEqualTo(1);
    }

    @Test
    void auditTellsWhoSentWhichLetterAndWhy() {
        redriver.send(send("scan-1", 1));
        redriver.commit();

        LetterRedriven audit = audits().get(0);

        assertThat(audit.getScanId()).isEqualTo("scan-1");
        assertThat(audit.getRedrivenBy()).isEqualTo("operator");
        assertThat(audit.getReason()).isEqualTo("archive repaired");
        assertThat(audit.getOutcome()).isEqualTo(RedriveOutcome.SENT);
        assertThat(audit.getCause()).isEqualTo("truncated");
        assertThat(audit.getRedrives()).isEqualTo(1);
        assertThat(LetterKey.of(audit)).isEqualTo(LetterKey.of(Letters.of("scan-1", 1, "truncated")));
    }

    @Test
    void refusalIsWrittenDownAndSendsNothing() {
        redriver.refuse(new RedriveDecision.Refuse(Letters.redriven("scan-1", 1, "3"), "redriven 3 times"));
        redriver.commit();

        assertThat(producer.history()).hasSize(1);
        assertThat(audits().get(0).getOutcome()).isEqualTo(RedriveOutcome.REFUSED);
        assertThat(audits().get(0).getRefusal()).isEqualTo("redriven 3 times");
        assertThat(RedriveAudit.isSent(audits().get(0))).isFalse();
    }

    @Test
    void onlyWhatIsCommittedIsPrinted() {
        redriver.send(send("scan-1", 1));
        assertThat(printed).isEmpty();

        redriver.commit();

        assertThat(printed).singleElement().satisfies(line -> {
            assertThat(line.scanId()).isEqualTo("scan-1");
            assertThat(line.executed()).isTrue();
            assertThat(line.redrives()).isEqualTo(1);
        });
    }

    @Test
    void failureAbortsAndNamesTheLetters() {
        redriver.send(send("scan-1", 7));
        producer.commitTransactionException = new RecordTooLargeException("too large");

        assertThatThrownBy(redriver::commit)
                .isInstanceOf(CliException.class)
                .hasMessageContaining(Letters.DLT + "-0@7");
        assertThat(printed).isEmpty();
        assertThat(producer.transactionAborted()).isTrue();
    }

    @Test
    void transactionDoesNotStayOpenWhileLettersArePassedOver() {
        redriver.send(send("scan-1", 1));
        redriver.commitIfDue();
        assertThat(producer.commitCount()).isZero();

        time.addAndGet(Duration.ofSeconds(5).toNanos());
        redriver.commitIfDue();

        assertThat(producer.commitCount()).isEqualTo(1);
        assertThat(printed).hasSize(1);
    }

    @Test
    void nothingToSendCommitsNothing() {
        redriver.commit();

        assertThat(producer.commitCount()).isZero();
    }

    @Test
    void reasonOfSeveralLinesOrNoneIsRefused() {
        assertThatThrownBy(() -> new Asker("operator", " ")).isInstanceOf(CliException.class);
        assertThatThrownBy(() -> new Asker("operator", "a\nb")).isInstanceOf(CliException.class);
        assertThatThrownBy(() -> new Asker("", "a")).hasMessageContaining("--by");
    }

    private List<LetterRedriven> audits() {
        try (Deserializer<LetterRedriven> values = Serializers.valueDeserializer(REGISTRY, LetterRedriven.class)) {
            return producer.history().stream()
                    .filter(record -> record.topic().equals(Topic.AUDIT_REDRIVEN.topicName()))
                    .peek(record -> assertThat(new String(record.key(), UTF_8)).isEqualTo("scan-1"))
                    .map(record -> values.deserialize(record.topic(), record.value()))
                    .toList();
        }
    }

    private static RedriveDecision.Send send(String scanId, long offset) {
        var planner =
                new RedrivePlanner(LetterFilter.of(null, null, null), RedriveMarks.of(Set.of()), LoopGuard.DEFAULT);
        return (RedriveDecision.Send)
                planner.decide(Letters.of(scanId, offset, "truncated")).orElseThrow();
    }
}
