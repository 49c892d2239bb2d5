package org.ctstream.cli.publish;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.ctstream.cli.connect.Connection;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.publisher.Delivery;
import org.ctstream.publisher.PublishListener;
import org.ctstream.publisher.PublishProducers;
import org.ctstream.publisher.Refusal;
import org.ctstream.schemas.avro.InlinePayload;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.ScanLabeled;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.event.EventHeaders;
import org.ctstream.service.fetch.Sha256;
import org.ctstream.service.text.Bytes;
import org.ctstream.trainer.dataset.Split;
import org.jspecify.annotations.Nullable;

/**
 * Publishes labelled images to {@code ct.scan.labeled}, or withdraws them.
 *
 * <p>What identifies a patient in a file stays here. The scan id follows from the file's content and the split: publishing a list again changes nothing, a new label
 * for an image replaces the old one, and an image published for training and for testing shows as two scans, which the
 * trainer refuses, instead of moving in silence.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 */
public final class LabelPublisher implements AutoCloseable {
    private static final String TOPIC = Topic.SCAN_LABELED.topicName();
    private static final String SOURCE = "ctstream/publish-labeled";
    private static final int DIGITS_OF_ID = 32;

    private final Producer<String, ScanLabeled> producer;
    private final LabelPublishSettings settings;
    private final PublishListener listener;
    private final Clock clock;
    private Instant last = Instant.EPOCH;

    LabelPublisher(
            Producer<String, ScanLabeled> producer,
            LabelPublishSettings settings,
            PublishListener listener,
            Clock clock) {
        this.producer = producer;
        this.settings = settings;
        this.listener = listener;
        this.clock = clock;
    }

    public static LabelPublisher open(Connection connection, LabelPublishSettings settings, PublishListener listener) {
        Producer<String, ScanLabeled> producer = PublishProducers.open(
                connection.publishTarget(), "ctstream-publish-labeled", settings.maxRecordBytes());
        return new LabelPublisher(producer, settings, listener, Clock.systemUTC());
    }

    /** The id an image goes by on the topic: the split and half of the content's SHA-256. */
    public static String scanId(Split split, byte[] content) {
        return "labeled-" + split.word() + "-" + Sha256.hex(content).substring(0, DIGITS_OF_ID);
    }

    /** Sends one label with its image; the listener hears of its delivery later. */
    public void publish(LabelInput input) {
        byte[] content = read(input);
        if (content == null) {
            return;
        }
        String scanId = scanId(settings.split(), content);
        byte[] image;
        try {
            image = settings.privacy().prepare(content).content();
        } catch (ScanDecodeException e) {
            refuse(input, e.getMessage() + " --keep-header sends the file as it is");
            return;
        }
        Instant now = now();
        ScanLabeled event = ScanLabeled.newBuilder()
                .setScanId(scanId)
                .setImage(new InlinePayload(ByteBuffer.wrap(image)))
                .setLabel(input.positive() ? Label.POSITIVE : Label.NEGATIVE)
                .setSplit(
                        org.ctstream.schemas.avro.Split.valueOf(settings.split().name()))
                .setLabelledBy(settings.labelledBy())
                .setLabelledAt(now)
                .setOrigin(settings.origin())
                .build();
        send(scanId, event, now, input, content.length);
    }

    /** Takes one label back: the trainer forgets the scan and its image. */
    public void withdraw(LabelInput input) {
        byte[] content = read(input);
        if (content != null) {
            send(scanId(settings.split(), content), null, now(), input, 0);
        }
    }

    /** Waits until every label is delivered or refused. */
    public void flush() {
        producer.flush();
    }

    /** Delivers what is under way, then closes. */
    @Override
    public void close() {
        producer.close();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of everything
    private void send(String scanId, @Nullable ScanLabeled event, Instant now, LabelInput input, long size) {
        Headers headers = EventHeaders.starting(TOPIC, scanId, SOURCE, now);
        var record = new ProducerRecord<>(TOPIC, null, now.toEpochMilli(), scanId, event, headers);
        producer.send(record, new Delivery(listener, scanId, input.name(), tooLarge(size)));
    }

    /** Never the same twice, so that of two labels for one image in a list the later is the newer. */
    private Instant now() {
        Instant present = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        last = present.isAfter(last) ? present : last.plusMillis(1);
        return last;
    }

    private byte @Nullable [] read(LabelInput input) {
        try {
            long size = Files.size(input.file());
            if (size > settings.maxRecordBytes()) {
                refuse(input, tooLarge(size));
                return null;
            }
            return Files.readAllBytes(input.file());
        } catch (IOException e) {
            refuse(input, "cannot be read: " + e.getMessage());
            return null;
        }
    }

    private void refuse(LabelInput input, String reason) {
        listener.refused(new Refusal(input.name(), reason));
    }

    private String tooLarge(long bytes) {
        return Bytes.text(bytes) + " do not fit a record of " + TOPIC + " (limit with headers: "
                + Bytes.text(settings.maxRecordBytes())
                + "). Remedy: save the image smaller, as one slice of 8-bit PNG or JPEG, or raise max.message.bytes of"
                + " the topic";
    }
}
