package org.ctstream.publisher;

import java.io.IOException;
import java.time.Clock;
import java.util.UUID;
import org.apache.kafka.clients.producer.Producer;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.publisher.claims.ScanPayloads;
import org.ctstream.publisher.privacy.OutgoingScan;
import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.service.tracing.OpenStep;
import org.ctstream.service.tracing.Tracing;
import org.jspecify.annotations.Nullable;

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
    private final ScanRecords records;
    private final Tracing tracing;
    private final Clock clock;

    ScanPublisher(
            Producer<String, ScanReceived> producer,
            PublishSettings settings,
            ScanPayloads payloads,
            PublishListener listener,
            Tracing tracing,
            Clock clock) {
        this.topic = settings.topic().topicName();
        this.producer = producer;
        this.settings = settings;
        this.payloads = payloads;
        this.listener = listener;
        this.records = new ScanRecords(clock);
        this.tracing = tracing;
        this.clock = clock;
    }

    /** Publishes each scan within its record. */
    public static ScanPublisher open(PublishTarget target, PublishSettings settings, PublishListener listener) {
        return open(target, settings, ScanPayloads.inline(settings.maxRecordBytes()), listener, Tracing.none());
    }

    /** Publishes large scans as the payloads say; their store stays the caller's to close. */
    public static ScanPublisher open(
            PublishTarget target, PublishSettings settings, ScanPayloads payloads, PublishListener listener) {
        return open(target, settings, payloads, listener, Tracing.none());
    }

    /** The same with a span of each scan; payloads and tracing stay the caller's to close. */
    public static ScanPublisher open(
            PublishTarget target,
            PublishSettings settings,
            ScanPayloads payloads,
            PublishListener listener,
            Tracing tracing) {
        Producer<String, ScanReceived> producer =
                PublishProducers.open(target, "ctstream-publish", settings.maxRecordBytes());
        return new ScanPublisher(producer, settings, payloads, listener, tracing, Clock.systemUTC());
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
        var record = records.of(scanId, settings.sourceName(), settings.priority(), input.contentType(), scan, payload);
        var delivery = new Delivery(listener, scanId, input.name(), tooLarge(bytes));
        OpenStep step = PublishSpan.begin(tracing, record);
        try {
            producer.send(record, (metadata, failure) -> {
                end(step, failure);
                delivery.onCompletion(metadata, failure);
            });
        } catch (RuntimeException e) {
            end(step, e);
            throw e;
        }
    }

    private void end(OpenStep step, @Nullable Exception failure) {
        if (failure == null) {
            step.done(clock.instant());
        } else {
            step.failed(clock.instant(), failure);
        }
    }

    private void refuse(ScanInput input, String reason) {
        listener.refused(new Refusal(input.name(), reason));
    }

    private String tooLarge(long bytes) {
        return payloads.refusal(bytes, topic, settings.maxRecordBytes());
    }
}
