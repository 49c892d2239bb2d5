package org.ctstream.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.decode.ScanDecoder;
import org.ctstream.imaging.dicom.DicomIdentity;
import org.ctstream.imaging.phantom.PhantomSlices;
import org.ctstream.imaging.slice.GreySlice;
import org.ctstream.imaging.slice.SliceNormalizer;
import org.ctstream.schemas.avro.Priority;
import org.ctstream.schemas.avro.RecordPosition;
import org.ctstream.schemas.avro.ScanNormalized;
import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.service.event.EventHeaders;
import org.ctstream.service.pseudonym.PseudonymKeys;
import org.junit.jupiter.api.Test;

class IngestTopologyTest {
    private static final String KEY = "a site's secret of enough bytes";

    @Test
    void scanThatItsPublisherDatesYearsBackIsNoOlderToKafkaThanItsNormalization() throws Exception {
        long before = System.currentTimeMillis();
        try (var topology = TopologyHarness.with()) {
            // The harness dates its records in 1970, as a publisher may who takes the time of acquisition for it.
            topology.send(TestScans.inline("scan-7", TestScans.png(7)));

            assertThat(only(topology).timestamp()).isGreaterThanOrEqualTo(before);
        }
    }

    @Test
    void phantomPngBecomesTheSliceItsPixelsMake() throws Exception {
        byte[] png = TestScans.png(7);
        Instant before = Instant.now();
        try (var topology = TopologyHarness.with()) {
            topology.send(TestScans.inline("scan-7", png));

            TestRecord<byte[], byte[]> record = only(topology);
            ScanNormalized scan = topology.decode(record);
            GreySlice expected = new SliceNormalizer()
                    .normalize(new PhantomSlices(64).generate(7, false).toGreySlice());
            assertThat(new String(record.key(), UTF_8)).isEqualTo("scan-7");
            assertThat(scan.getScanId()).isEqualTo("scan-7");
            assertThat(scan.getPixels()).isEqualTo(ByteBuffer.wrap(expected.pixels()));
            assertThat(scan.getHeight()).isEqualTo(224);
            assertThat(scan.getWidth()).isEqualTo(224);
            assertThat(scan.getSourceDigest()).isEqualTo(TestScans.sha256(png));
            assertThat(scan.getSourceFormat()).isEqualTo("PNG");
            assertThat(scan.getPreprocessingVersion()).isEqualTo(SliceNormalizer.PREPROCESSING_VERSION);
            assertThat(scan.getSource()).isEqualTo("CT-SCANNER-1");
            assertThat(scan.getPriority()).isEqualTo(Priority.ROUTINE);
            assertThat(scan.getReceivedAt()).isEqualTo(TestScans.RECEIVED_AT);
            assertThat(scan.getNormalizedAt()).isBetween(before.minusMillis(1), Instant.now());
            assertThat(scan.getStatistics().getMean())
                    .isEqualTo(expected.statistics().mean());
            assertThat(scan.getStatistics().getMaximum())
                    .isEqualTo(expected.statistics().max());
            assertThat(scan.getPatientRef()).isNull();
            assertThat(scan.getReceivedRecord()).isEqualTo(new RecordPosition("ct.scan.received", 0, 0L));
            assertThat(topology.deadLetters()).isEmpty();
        }
    }

    @Test
    void normalizedRecordFollowsTheTraceOfTheReceivedOne() throws Exception {
        byte[] trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01".getBytes(UTF_8);
        try (var topology = TopologyHarness.with()) {
            topology.send(
                    "scan-1",
                    topology.encode(TestScans.inline("scan-1", TestScans.png(1))),
                    new RecordHeaders().add(EventHeaders.TRACEPARENT, trace));

            TestRecord<byte[], byte[]> record = only(topology);
            assertThat(record.headers().lastHeader(EventHeaders.TRACEPARENT).value())
                    .isEqualTo(trace);
            assertThat(new String(record.headers().lastHeader("ce_type").value(), UTF_8))
                    .isEqualTo("ct.scan.normalized");
            assertThat(new String(record.headers().lastHeader("ce_id").value(), UTF_8))
                    .isEqualTo("scan-1");
        }
    }

    @Test
    void dicomIdentifiersLeaveOnlyAsPseudonyms() throws Exception {
        byte[] dicom = TestScans.dicom(3);
        DicomIdentity raw = identityOf(dicom);
        try (var topology = TopologyHarness.with(PseudonymKeys.PSEUDONYM_KEY, KEY)) {
            topology.send(TestScans.inline("scan-3", dicom));

            TestRecord<byte[], byte[]> record = only(topology);
            ScanNormalized scan = topology.decode(record);
            assertThat(scan.getSourceFormat()).isEqualTo("DICOM");
            assertThat(scan.getStudyUid()).startsWith("2.25.");
            assertThat(scan.getSeriesUid()).startsWith("2.25.").isNotEqualTo(scan.getStudyUid());
            assertThat(scan.getInstanceUid()).startsWith("2.25.").isNotEqualTo(scan.getSeriesUid());
            assertThat(scan.getPatientRef()).matches("[0-9a-f]{32}");
            assertThat(scan.getAcquiredAt()).isNotNull();
            String all = new String(record.value(), ISO_8859_1) + record.headers();
            assertThat(all)
                    .doesNotContain(raw.patientId().orElseThrow())
                    .doesNotContain(raw.studyInstanceUid().orElseThrow())
                    .doesNotContain(raw.seriesInstanceUid().orElseThrow())
                    .doesNotContain(raw.sopInstanceUid().orElseThrow());
        }
    }

    @Test
    void withoutAKeyDicomIdentifiersAreDropped() throws Exception {
        byte[] dicom = TestScans.dicom(3);
        try (var topology = TopologyHarness.with()) {
            topology.send(TestScans.inline("scan-3", dicom));

            TestRecord<byte[], byte[]> record = only(topology);
            ScanNormalized scan = topology.decode(record);
            assertThat(scan.getStudyUid()).isNull();
            assertThat(scan.getSeriesUid()).isNull();
            assertThat(scan.getInstanceUid()).isNull();
            assertThat(scan.getPatientRef()).isNull();
            assertThat(new String(record.value(), ISO_8859_1))
                    .doesNotContain(identityOf(dicom).patientId().orElseThrow());
        }
    }

    @Test
    void pseudonymsThePublisherGivesArePassedOn() throws Exception {
        ScanReceived scan = TestScans.inline("scan-3", TestScans.dicom(3));
        scan.setStudyUid("2.25.1");
        scan.setPatientRef("ref-1");
        Instant acquired = Instant.parse("2026-11-22T09:00:00Z");
        scan.setAcquiredAt(acquired);
        try (var topology = TopologyHarness.with(PseudonymKeys.PSEUDONYM_KEY, KEY)) {
            topology.send(scan);

            ScanNormalized normalized = topology.decode(only(topology));
            assertThat(normalized.getStudyUid()).isEqualTo("2.25.1");
            assertThat(normalized.getPatientRef()).isEqualTo("ref-1");
            assertThat(normalized.getAcquiredAt()).isEqualTo(acquired);
            assertThat(normalized.getSeriesUid()).startsWith("2.25.").isNotEqualTo("2.25.1");
        }
    }

    @Test
    void scanOfSixteenMebibytesIsRead() throws Exception {
        // A PNG with its image at the front: what follows IEND is not part of it.
        byte[] large = Arrays.copyOf(TestScans.png(1), 15 << 20);
        try (var topology = TopologyHarness.with()) {
            topology.send(TestScans.inline("scan-1", large));

            assertThat(topology.decode(only(topology)).getSourceDigest()).isEqualTo(TestScans.sha256(large));
        }
    }

    private static TestRecord<byte[], byte[]> only(TopologyHarness topology) {
        var records = topology.normalizedRecords();
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    private static DicomIdentity identityOf(byte[] dicom) throws Exception {
        return new ScanDecoder(DecodeLimits.DEFAULTS).decode(dicom).dicom().orElseThrow();
    }
}
