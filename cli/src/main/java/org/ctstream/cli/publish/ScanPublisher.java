package org.ctstream.cli.publish;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.ctstream.cli.connect.Connection;
import org.ctstream.cli.publish.claims.ScanPayloads;
import org.ctstream.cli.publish.privacy.OutgoingScan;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.event.EventHeaders;

/**
 * Publishes scans to {@code ct.scan.received}, or that of their priority's lane, each under a new random scan id.
 *
 * <p>Memory is bounded by the producer's {@code buffer.memory}: {@link #publish} waits while that much is under way.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 */
public final class ScanPublisher implements AutoCloseable {
    private final String topic;
    private final Producer<String, ScanReceived> producer;
    private final PublishSettings settings;
    private final ScanPayloads payloads;
    private final PublishListener listener;
    private final Clock clock;

    ScanPublisher(
            Producer<String, ScanReceived> producer,
            PublishSettings settings,
            ScanPayloads payloads,
            PublishListener listener,
            Clock clock) {
        this.topic = settings.topic().topicName();
        this.producer = producer;
        this.settings = settings;
        this.payloads = payloads;
        this.listener = listener;
        this.clock = clock;
    }

    /** Publishes each scan within its record. */
    public static ScanPublisher open(Connection connection, PublishSettings settings, PublishListener listener) {
        return open(connection, settings, ScanPayloads.inline(settings.maxRecordBytes()), listener);
    }

    /** Publishes large scans as the payloads say; their store stays the caller's to close. */
    public static ScanPublisher open(
            Connection connection, PublishSettings settings, ScanPayloads payloads, PublishListener listener) {
        Producer<String, ScanReceived> producer =
                PublishProducers.open(connection, "ctstream-publish", settings.maxRecordBytes());
        return new ScanPublisher(producer, settings, payloads, listener, Clock.systemUTC());
    }

    /**
     * Sends one scan; the listener hears of its delivery later.
     *
     * @return the scan id it goes by
     */
    public String publish(ScanInput input) {
        String scanId = UUID.randomUUID().toString();
        if (!payloads.takes(input.size())) {
            refuse(input, tooLarge(input.size()));
            return scanId;
        }
        byte[] content;
        try {
            content = input.content().read();
        } catch (IOException e) {
            refuse(input, "cannot be read: " + e.getMessage());
            return scanId;
        }
        try {
            OutgoingScan scan = settings.privacy().prepare(content);
            send(scanId, input, scan, payloads.of(scan.content()), content.length);
        } catch (ScanDecodeException e) {
            // What it says of a patient is not known, and it would become a dead letter.
            refuse(input, e.getMessage() + " --keep-header sends the file as it is");
        } catch (IOException e) {
            refuse(input, String.valueOf(e.getMessage()));
        }
        return scanId;
    }

    /** Waits until every scan is delivered or refused. */
    public void flush() {
        producer.flush();
    }

    /** Delivers what is under way, then closes. */
    @Override
    public void close() {
        producer.close();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of everything
    private void send(String scanId, ScanInput input, OutgoingScan scan, Object payload, long bytes) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        // The kind of event is one and the same in every lane.
        Headers headers = EventHeaders.starting(
                Topic.SCAN_RECEIVED.topicName(), scanId, "ctstream/" + settings.sourceName(), now);
        var record = new ProducerRecord<>(
                topic, null, now.toEpochMilli(), scanId, event(scanId, input, scan, payload, now), headers);
        producer.send(record, new Delivery(listener, scanId, input.name(), tooLarge(bytes)));
    }

    private ScanReceived event(String scanId, ScanInput input, OutgoingScan scan, Object payload, Instant now) {
        return ScanReceived.newBuilder()
                .setScanId(scanId)
                .setStudyUid(scan.studyUid())
                .setSeriesUid(scan.seriesUid())
                .setInstanceUid(scan.instanceUid())
                .setPatientRef(scan.patientRef())
                .setAcquiredAt(scan.acquiredAt())
                .setSource(settings.sourceName())
                .setReceivedAt(now)
                .setPriority(settings.priority())
                .setContentType(input.contentType())
                .setPayload(payload)
                .build();
    }

    private void refuse(ScanInput input, String reason) {
        listener.refused(new Refusal(input.name(), reason));
    }

    private String tooLarge(long bytes) {
        return payloads.refusal(bytes, topic, settings.maxRecordBytes());
    }
}
