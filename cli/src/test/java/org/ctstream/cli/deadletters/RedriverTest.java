package org.ctstream.cli.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.ctstream.cli.CliException;
import org.junit.jupiter.api.Test;

class RedriverTest {
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final List<AuditLine> audit = new ArrayList<>();
    private final Redriver redriver = new Redriver(producer, Clock.systemUTC(), audit::add);

    @Test
    void recordAndMarkAreInOneTransaction() {
        redriver.send(send("scan-1", 1));
        assertThat(producer.history()).isEmpty();

        redriver.commit();

        assertThat(producer.history())
                .extracting(ProducerRecord::topic)
                .containsExactly("ct.scan.received", RedriveMarks.TOPIC);
        assertThat(producer.commitCount()).isEqualTo(1);
    }

    @Test
    void auditSpeaksOnlyOfWhatIsCommitted() {
        redriver.send(send("scan-1", 1));
        assertThat(audit).isEmpty();

        redriver.commit();

        assertThat(audit).singleElement().satisfies(line -> {
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
        assertThat(audit).isEmpty();
        assertThat(producer.transactionAborted()).isTrue();
    }

    @Test
    void nothingToSendCommitsNothing() {
        redriver.commit();

        assertThat(producer.commitCount()).isZero();
    }

    private static RedriveDecision.Send send(String scanId, long offset) {
        var planner = new RedrivePlanner(LetterFilter.of(null, null, null), RedriveMarks.of(Set.of()));
        return (RedriveDecision.Send)
                planner.decide(Letters.of(scanId, offset, "truncated")).orElseThrow();
    }
}
