package org.ctstream.publisher;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.ctstream.publisher.privacy.OutgoingScan;
import org.ctstream.schemas.avro.Priority;
import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.event.EventHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Makes the record of a scan, for the topic of its priority's lane, with the headers of an event that starts a trace.
 *
 * <h2>Thread safety</h2>
 * Immutable.
 */
public final class ScanRecords {
    private final Clock clock;

    public ScanRecords(Clock clock) {
        this.clock = clock;
    }

    /**
     * One record.
     *
     * @param sourceName system the scan comes from, as an application entity title
     * @param contentType media type, a hint for people, or null
     * @param payload {@link org.ctstream.schemas.avro.InlinePayload} or {@link org.ctstream.schemas.avro.ClaimCheck}
     */
    public ProducerRecord<String, ScanReceived> of(
            String scanId,
            String sourceName,
            Priority priority,
            @Nullable String contentType,
            OutgoingScan scan,
            Object payload) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        // The kind of event is one and the same in every lane.
        Headers headers = EventHeaders.starting(Topic.SCAN_RECEIVED.topicName(), scanId, "ctstream/" + sourceName, now);
        ScanReceived event = ScanReceived.newBuilder()
                .setScanId(scanId)
                .setStudyUid(scan.studyUid())
                .setSeriesUid(scan.seriesUid())
                .setInstanceUid(scan.instanceUid())
                .setPatientRef(scan.patientRef())
                .setAcquiredAt(scan.acquiredAt())
                .setSource(sourceName)
                .setReceivedAt(now)
                .setPriority(priority)
                .setContentType(contentType)
                .setPayload(payload)
                .build();
        String topic = Lane.of(priority).received().topicName();
        return new ProducerRecord<>(topic, null, now.toEpochMilli(), scanId, event, headers);
    }
}
