package org.ctstream.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.ctstream.cli.connect.Place;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final Instant SINCE = Instant.parse("2026-11-23T00:00:00Z");
    private static final Window WINDOW = new Window(SINCE, SINCE.plusSeconds(3_600));
    private static final long IN_TIME = SINCE.toEpochMilli() + 1_000;

    private final Sightings sightings = Sightings.open();
    private final List<Finding> findings = new ArrayList<>();

    @AfterEach
    void close() {
        sightings.close();
    }

    @Test
    void scansThatAreStoredOrDeadLettersAreAccountedFor() {
        received("stored", 1);
        stored("stored", "net:1", 7);
        received("dead", 2);
        letter("dead", 5);

        Tally.Summary sums = judge(GroupPositions.of(Map.of()));

        assertThat(sums.received()).isEqualTo(2);
        assertThat(sums.stored()).isEqualTo(1);
        assertThat(sums.deadLetters()).isEqualTo(1);
        assertThat(sums.ok()).isTrue();
        assertThat(findings).isEmpty();
    }

    @Test
    void scanThatIsNeitherIsNamedWithItsLastRecordAndTheGroupsThatPassedIt() {
        received("lost", 1);
        seen(Stage.NORMALIZED, "lost", new Place("ct.scan.normalized", 2, 17));
        received("waiting", 2);
        received("unread", 3, "ct.other");
        var groups = GroupPositions.of(Map.of(
                new TopicPartition("ct.scan.normalized", 2), List.of(new GroupPosition("workers", true, 18)),
                new TopicPartition("ct.scan.received", 0), List.of(new GroupPosition("ingest", false, 2))));

        Tally.Summary sums = judge(groups);

        assertThat(sums.ok()).isFalse();
        assertThat(sums.missing()).isEqualTo(3);
        assertThat(findings)
                .extracting(finding -> (Finding.Missing) finding)
                .extracting(Finding.Missing::scan, Finding.Missing::lastSeen, Finding.Missing::whereabouts)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("lost", Stage.NORMALIZED, Whereabouts.PASSED),
                        org.assertj.core.groups.Tuple.tuple("waiting", Stage.RECEIVED, Whereabouts.WAITING),
                        org.assertj.core.groups.Tuple.tuple("unread", Stage.RECEIVED, Whereabouts.UNREAD));
        assertThat(findings)
                .anySatisfy(finding -> assertThat(finding.text())
                        .contains("lost", "ct.scan.normalized-2@17", "share group workers", "archived in silence"));
    }

    @Test
    void scanIsNotCalledUnreadOrWaitingIfAGroupDoesNotTell() {
        received("unread", 3, "ct.other");
        received("waiting", 2);
        var waiting = Map.of(new TopicPartition("ct.scan.received", 0), List.of(new GroupPosition("ingest", false, 2)));

        judge(GroupPositions.of(waiting, "workers: the brokers do not tell about [ct.other-0]"));

        assertThat(findings)
                .extracting(finding -> ((Finding.Missing) finding).whereabouts())
                .containsExactly(Whereabouts.UNKNOWN, Whereabouts.UNKNOWN);
    }

    @Test
    void letterThatWasSentBackNoLongerCountsUntilItsScanHasEndedAgain() {
        received("scan", 1);
        letter("scan", 5);
        redriven("scan", 5);

        assertThat(judge(GroupPositions.of(Map.of())).missing()).isEqualTo(1);

        letter("scan", 6);
        assertThat(judge(GroupPositions.of(Map.of())).missing()).isZero();
    }

    @Test
    void scanStoredTwiceByOneReleaseIsNamedAndByTwoReleasesIsNot() {
        received("twice", 1);
        stored("twice", "net:1", 7);
        stored("twice", "net:1", 8);
        received("two-releases", 2);
        stored("two-releases", "net:1", 7);
        stored("two-releases", "net:2", 8);

        Tally.Summary sums = judge(GroupPositions.of(Map.of()));

        assertThat(sums.duplicates()).isEqualTo(1);
        assertThat(sums.ok()).isFalse();
        assertThat(findings).containsExactly(new Finding.Duplicate("twice", "net:1", 2));
    }

    @Test
    void sameRecordsReadASecondTimeChangeNothing() {
        for (int i = 0; i < 2; i++) {
            received("scan", 1);
            letter("scan", 5);
            stored("scan", "net:1", 7);
        }

        Tally.Summary sums = judge(GroupPositions.of(Map.of()));

        assertThat(sums.received()).isEqualTo(1);
        assertThat(sums.duplicates()).isZero();
        assertThat(sums.storedAndDeadLetter()).isEqualTo(1);
    }

    @Test
    void scansReceivedOutsideTheTimeAskedForAreNotCounted() {
        sightings.add(new Sighting.OnTopic(
                Stage.RECEIVED, "late", place(9), WINDOW.until().toEpochMilli()));
        stored("early", "net:1", 1);

        assertThat(judge(GroupPositions.of(Map.of())).received()).isZero();
    }

    @Test
    void namelessRecordWhoseLetterWasSentBackIsStillADeadLetter() {
        received("ct.scan.received-0@3", 3);
        sightings.add(new Sighting.OnTopic(
                Stage.DEAD_LETTER, "ct.scan.received-0@3", new Place("ct.scan.received.dlt", 0, 1), IN_TIME));

        assertThat(judge(GroupPositions.of(Map.of())).deadLetters()).isEqualTo(1);
    }

    @Test
    void everyOneOfManyScansIsCountedWhicheverFileItFallsInto() {
        int scans = Integer.getInteger("ctstream.verify.scans", 20_000);
        for (int i = 0; i < scans; i++) {
            String scan = new java.util.UUID(i * 0x9E3779B97F4A7C15L, ~i).toString();
            received(scan, i);
            if (i % 1_000 != 0) {
                stored(scan, "net:1", i);
            }
        }

        Tally.Summary sums = judge(GroupPositions.of(Map.of()));

        assertThat(sums.received()).isEqualTo(scans);
        assertThat(sums.missing()).isEqualTo((scans + 999) / 1_000);
    }

    private Tally.Summary judge(GroupPositions groups) {
        findings.clear();
        return new Judge(WINDOW, groups).judge(sightings, findings::add).summary(WINDOW, true);
    }

    private void received(String scan, long offset) {
        received(scan, offset, "ct.scan.received");
    }

    private void received(String scan, long offset, String topic) {
        sightings.add(new Sighting.OnTopic(Stage.RECEIVED, scan, new Place(topic, 0, offset), IN_TIME));
    }

    private void seen(Stage stage, String scan, Place place) {
        sightings.add(new Sighting.OnTopic(stage, scan, place, IN_TIME));
    }

    private void letter(String scan, long offset) {
        seen(Stage.DEAD_LETTER, scan, new Place("ct.scan.received.dlt", 0, offset));
    }

    private void redriven(String scan, long offset) {
        seen(Stage.REDRIVEN, scan, new Place("ct.scan.received.dlt", 0, offset));
    }

    private void stored(String scan, String release, long result) {
        sightings.add(new Sighting.InDatabase(scan, release, result));
    }

    private static Place place(long offset) {
        return new Place("ct.scan.received", 0, offset);
    }
}
