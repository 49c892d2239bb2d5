package org.ctstream.cli.publish;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.ctstream.cli.connect.Connection;
import org.ctstream.cli.console.Bytes;
import org.ctstream.schemas.avro.InlinePayload;
import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.event.EventHeaders;

/**
 * Publishes scans to {@code ct.scan.received}, each under a new random scan id.
 *
 * <p>Memory is bounded by the producer's {@code buffer.memory}: {@link #publish} waits while that much is under way.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 */
public final class ScanPublisher implements AutoCloseable {
    private static final String TOPIC = Topic.SCAN_RECEIVED.topicName();

    private final Producer<String, ScanReceived> producer;
    private final PublishSettings settings;
    private final PublishListener listener;
    private final Clock clock;

    ScanPublisher(
            Producer<String, ScanReceived> producer, PublishSettings settings, PublishListener listener, Clock clock) {
        this.producer = producer;
        this.settings = settings;
        this.listener = listener;
        this.clock = clock;
    }

    public static ScanPublisher open(Connection connection, PublishSettings settings, PublishListener listener) {
        Producer<String, ScanReceived> producer =
                PublishProducers.open(connection, "ctstream-publish", settings.maxRecordBytes());
        return new ScanPublisher(producer, settings, listener, Clock.systemUTC());
    }

    /**
     * Sends one scan; the listener hears of its delivery later.
     *
     * @return the scan id it goes by
     */
    public String publish(ScanInput input) {
        String scanId = UUID.randomUUID().toString();
        if (input.size() > settings.maxRecordBytes()) {
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
        send(scanId, input, content);
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
    private void send(String scanId, ScanInput input, byte[] content) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Headers headers = EventHeaders.starting(TOPIC, scanId, "ctstream/" + settings.sourceName(), now);
        var record = new ProducerRecord<>(
                TOPIC, null, now.toEpochMilli(), scanId, event(scanId, input, content, now), headers);
        producer.send(record, new Delivery(listener, scanId, input.name(), tooLarge(content.length)));
    }

    private ScanReceived event(String scanId, ScanInput input, byte[] content, Instant now) {
        return ScanReceived.newBuilder()
                .setScanId(scanId)
                .setSource(settings.sourceName())
                .setReceivedAt(now)
                .setPriority(settings.priority())
                .setContentType(input.contentType())
                .setPayload(new InlinePayload(ByteBuffer.wrap(content)))
                .build();
    }

    private void refuse(ScanInput input, String reason) {
        listener.refused(new Refusal(input.name(), reason));
    }

    private String tooLarge(long bytes) {
        return Bytes.text(bytes) + " do not fit a record of " + TOPIC + " (limit with headers: "
                + Bytes.text(settings.maxRecordBytes()) + ")";
    }
}
