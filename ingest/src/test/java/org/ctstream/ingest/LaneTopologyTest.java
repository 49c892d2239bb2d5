package org.ctstream.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.ctstream.schemas.avro.Priority;
import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.schemas.topic.Lane;
import org.junit.jupiter.api.Test;

class LaneTopologyTest {
    @Test
    void statScanStaysOnItsLane() throws Exception {
        try (var topology = TopologyHarness.of(Lane.STAT)) {
            topology.send(scan("scan-1", Priority.STAT));

            var records = topology.normalizedRecords(Lane.STAT);
            assertThat(records).singleElement().satisfies(record -> {
                assertThat(topology.decode(record).getScanId()).isEqualTo("scan-1");
                assertThat(new String(record.headers().lastHeader("ce_type").value(), UTF_8))
                        .isEqualTo("ct.scan.normalized");
            });
            assertThat(topology.normalizedRecords(Lane.ROUTINE)).isEmpty();
        }
    }

    @Test
    void scanOnTheWrongLaneIsOnTheOneOfItsPriorityFromThere() throws Exception {
        try (var topology = TopologyHarness.of(Lane.ROUTINE)) {
            topology.send(scan("urgent", Priority.STAT));
            topology.send(scan("patient", Priority.ROUTINE));

            assertThat(topology.normalizedRecords(Lane.STAT)).hasSize(1);
            assertThat(topology.normalizedRecords(Lane.ROUTINE)).hasSize(1);
        }
        try (var topology = TopologyHarness.of(Lane.STAT)) {
            topology.send(scan("patient", Priority.ROUTINE));

            assertThat(topology.normalizedRecords(Lane.STAT)).isEmpty();
            assertThat(topology.normalizedRecords(Lane.ROUTINE)).hasSize(1);
        }
    }

    @Test
    void poisonedStatScanIsADeadLetterOfItsOwnTopic() throws Exception {
        try (var topology = TopologyHarness.of(Lane.STAT)) {
            topology.send(TestScans.inline("scan-1", TestScans.truncated(TestScans.png(1))));

            assertThat(topology.deadLetters())
                    .singleElement()
                    .satisfies(letter ->
                            assertThat(TopologyHarness.read(letter).topic()).isEqualTo("ct.scan.received.stat"));
        }
    }

    private static ScanReceived scan(String scanId, Priority priority) {
        ScanReceived scan = TestScans.inline(scanId, TestScans.png(1));
        scan.setPriority(priority);
        return scan;
    }
}
