package org.ctstream.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.ctstream.schemas.avro.ClaimCheck;
import org.ctstream.schemas.avro.InlinePayload;
import org.ctstream.schemas.avro.Priority;
import org.ctstream.schemas.avro.ScanReceived;
import org.junit.jupiter.api.Test;

class TrailTest {
    private static final Instant TIME = Instant.parse("2026-11-23T03:00:00Z");

    @Test
    void stepsAreShownInTheOrderOfTimeWhateverTopicTheyWereReadFrom() {
        var trail = new Trail(
                "scan-1",
                null,
                List.of(
                        step(3, Event.STORED, Map.of("model", "net:1")),
                        step(1, Event.RECEIVED, Map.of()),
                        step(2, Event.CLASSIFIED, Map.of())),
                List.of("ct.scan.received-0 begins at T: retention has removed what was before"));

        assertThat(trail.steps())
                .extracting(Step::event)
                .containsExactly(Event.RECEIVED, Event.CLASSIFIED, Event.STORED);
        assertThat(trail.outcome()).contains("Stored").contains("net:1");
        assertThat(trail(
                                step(1, Event.STORED, Map.of("model", "net:1")),
                                step(2, Event.STORED, Map.of("model", "net:1")))
                        .outcome())
                .contains("MORE THAN ONCE");
        assertThat(text(trail)).containsSubsequence("RECEIVED", "CLASSIFIED", "STORED", "retention has removed");
    }

    @Test
    void outcomeTellsADeadLetterFromOneThatWasSentBack() {
        Step letter = new Step(TIME, Event.DEAD_LETTERED, "ct.scan.received.dlt-0@5", Map.of());
        Step refused = step(1, Event.REDRIVEN, Map.of("letter", "ct.scan.received.dlt-0@5", "outcome", "REFUSED"));
        Step sent = step(2, Event.REDRIVEN, Map.of("letter", "ct.scan.received.dlt-0@5", "outcome", "SENT"));

        assertThat(trail(letter).outcome()).contains("nobody has sent back");
        assertThat(trail(letter, refused).outcome()).contains("nobody has sent back");
        assertThat(trail(letter, sent).outcome()).contains("Neither stored nor a dead letter");
        assertThat(trail().outcome()).contains("Nothing is known");
    }

    @Test
    void nothingThatCouldNameAPatientIsTold() {
        ScanReceived scan = ScanReceived.newBuilder()
                .setScanId("scan-1")
                .setStudyUid("2.25.111")
                .setSeriesUid("2.25.222")
                .setInstanceUid("2.25.333")
                .setPatientRef("pseudonym-of-a-patient")
                .setSource("CT-EAST")
                .setReceivedAt(TIME)
                .setPriority(Priority.STAT)
                .setPayload(new ClaimCheck("file:///store/doe-john.dcm", "ab".repeat(32), 4_096L))
                .setAttributes(Map.of("note", "doe"))
                .build();

        assertThat(Tellers.received(scan, "0").toString())
                .contains("CT-EAST", "STAT", "4.0 KiB")
                .doesNotContain("doe", "2.25", "pseudonym");
        scan.setPayload(new InlinePayload(ByteBuffer.wrap(new byte[100])));
        assertThat(Tellers.received(scan, "2")).containsEntry("size", "100 B").containsEntry("redrive", "2");
    }

    private static Trail trail(Step... steps) {
        return new Trail("scan-1", null, List.of(steps), List.of());
    }

    private static Step step(int second, Event event, Map<String, String> details) {
        return new Step(TIME.plusSeconds(second), event, "somewhere", details);
    }

    private static String text(Trail trail) {
        var out = new StringWriter();
        TrailText.print(trail, new PrintWriter(out));
        return out.toString();
    }
}
