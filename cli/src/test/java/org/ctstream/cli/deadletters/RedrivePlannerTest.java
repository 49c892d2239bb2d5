package org.ctstream.cli.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.ctstream.service.deadletter.DeadLetterHeaders;
import org.junit.jupiter.api.Test;

class RedrivePlannerTest {
    private static final RedriveMarks NO_MARKS = RedriveMarks.of(Set.of());
    private static final LetterFilter ALL = LetterFilter.of(null, null, null);

    @Test
    void letterGoesBackWithItsKeyValueAndOwnHeaders() {
        ProducerRecord<byte[], byte[]> record = sent(Letters.of("scan-1", 4, "truncated"));

        assertThat(record.topic()).isEqualTo("ct.scan.received");
        assertThat(record.partition()).isNull();
        assertThat(record.key()).asString(UTF_8).isEqualTo("scan-1");
        assertThat(record.value()).isEqualTo(Letters.VALUE);
        assertThat(names(record)).containsExactly("ce_id", DeadLetterHeaders.REDRIVES);
    }

    @Test
    void redrivesAreCountedUp() {
        assertThat(redrives(sent(Letters.of("scan-1", 4, "truncated")))).isEqualTo("1");
        assertThat(redrives(sent(Letters.redriven("scan-1", 4, "2")))).isEqualTo("3");
    }

    @Test
    void scanThatFailedAfterThreeRedrivesIsRefused() {
        assertThat(decide(Letters.redriven("scan-1", 4, "3"))).isInstanceOf(RedriveDecision.Refuse.class);
    }

    @Test
    void forceSendsWhatTheGuardWouldHoldAndSaysSo() {
        var forced = new RedrivePlanner(ALL, NO_MARKS, new LoopGuard(3, true));

        RedriveDecision decision =
                forced.decide(Letters.redriven("scan-1", 4, "3")).orElseThrow();

        assertThat(decision).isInstanceOfSatisfying(RedriveDecision.Send.class, send -> {
            assertThat(send.forced()).isTrue();
            assertThat(redrives(send.record())).isEqualTo("4");
        });
        assertThat(forced.decide(Letters.redriven("scan-2", 5, "2")))
                .get()
                .isInstanceOfSatisfying(
                        RedriveDecision.Send.class,
                        send -> assertThat(send.forced()).isFalse());
    }

    @Test
    void guardHoldsAfterAsManyRedrivesAsItIsTold() {
        var once = new RedrivePlanner(ALL, NO_MARKS, new LoopGuard(1, false));

        assertThat(once.decide(Letters.redriven("scan-1", 4, "1"))).get().isInstanceOf(RedriveDecision.Refuse.class);
        assertThat(once.decide(Letters.of("scan-1", 4, "empty"))).get().isInstanceOf(RedriveDecision.Send.class);
    }

    @Test
    void unreadableCountIsRefusedInsteadOfBegunAnew() {
        assertThat(decide(Letters.redriven("scan-1", 4, "many"))).isInstanceOf(RedriveDecision.Refuse.class);
    }

    @Test
    void letterThatIsNotWholeIsRefusedNamingTheOriginal() {
        Letter cut = Letters.of(
                Letters.DLT,
                "scan-1",
                4,
                Map.of(
                        DeadLetterHeaders.OMITTED, "value left out",
                        DeadLetterHeaders.TOPIC, "ct.scan.received",
                        DeadLetterHeaders.PARTITION, "3",
                        DeadLetterHeaders.OFFSET, "42"));

        assertThat(decide(cut))
                .isInstanceOfSatisfying(
                        RedriveDecision.Refuse.class,
                        refusal -> assertThat(refusal.why()).contains("ct.scan.received-3@42"));
    }

    @Test
    void letterSentBeforeIsSkipped() {
        Letter letter = Letters.of("scan-1", 4, "truncated");
        var planner = new RedrivePlanner(ALL, RedriveMarks.of(List.of(LetterKey.of(letter))), LoopGuard.DEFAULT);

        assertThat(planner.decide(letter)).get().isInstanceOf(RedriveDecision.Skip.class);
        assertThat(planner.decide(Letters.of("scan-1", 5, "truncated"))).get().isInstanceOf(RedriveDecision.Send.class);
    }

    @Test
    void topicInTheHeadersDoesNotDecideWhereTheRecordGoes() {
        Letter forged = Letters.of(Letters.DLT, "scan-1", 4, Map.of(DeadLetterHeaders.TOPIC, "ct.model.released"));

        assertThat(sent(forged).topic()).isEqualTo("ct.scan.received");
    }

    @Test
    void letterOfNoCatalogueTopicIsRefused() {
        assertThat(decide(Letters.of("other.dlt", "scan-1", 4, Map.of()))).isInstanceOf(RedriveDecision.Refuse.class);
    }

    @Test
    void onlyLettersAskedForAreDecided() {
        var byReason = new RedrivePlanner(LetterFilter.of(null, "empty", null), NO_MARKS, LoopGuard.DEFAULT);
        var byScan = new RedrivePlanner(LetterFilter.of(null, null, "scan-2"), NO_MARKS, LoopGuard.DEFAULT);

        assertThat(byReason.decide(Letters.of("scan-1", 1, "truncated"))).isEmpty();
        assertThat(byReason.decide(Letters.of("scan-1", 1, "empty"))).isPresent();
        assertThat(byScan.decide(Letters.of("scan-1", 1, "empty"))).isEmpty();
        assertThat(byScan.decide(Letters.of("scan-2", 1, "empty"))).isPresent();
        LetterFilter later = ALL.since(Letters.of("scan-1", 2, "empty").time());
        var bySince = new RedrivePlanner(later, NO_MARKS, LoopGuard.DEFAULT);
        assertThat(bySince.decide(Letters.of("scan-1", 1, "empty"))).isEmpty();
        assertThat(bySince.decide(Letters.of("scan-1", 2, "empty"))).isPresent();
    }

    private static RedriveDecision decide(Letter letter) {
        return new RedrivePlanner(ALL, NO_MARKS, LoopGuard.DEFAULT)
                .decide(letter)
                .orElseThrow();
    }

    private static ProducerRecord<byte[], byte[]> sent(Letter letter) {
        RedriveDecision decision = decide(letter);
        assertThat(decision).isInstanceOf(RedriveDecision.Send.class);
        return ((RedriveDecision.Send) decision).record();
    }

    private static String redrives(ProducerRecord<byte[], byte[]> record) {
        return new String(
                record.headers().lastHeader(DeadLetterHeaders.REDRIVES).value(), UTF_8);
    }

    private static List<String> names(ProducerRecord<byte[], byte[]> record) {
        return Arrays.stream(record.headers().toArray()).map(Header::key).toList();
    }
}
