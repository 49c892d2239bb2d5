package org.ctstream.publisher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.ctstream.publisher.claims.ScanPayloads;
import org.ctstream.schemas.avro.InlinePayload;
import org.ctstream.schemas.avro.Priority;
import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.service.tracing.Tracing;
import org.junit.jupiter.api.Test;

class ScanPublisherTest implements PublishListener {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123Z");

    private final MockProducer<String, ScanReceived> producer =
            new MockProducer<>(false, null, new StringSerializer(), (topic, scan) -> new byte[1]);
    private final List<Receipt> receipts = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private final ScanPublisher publisher = new ScanPublisher(
            producer,
            new PublishSettings("CT01", Priority.STAT, 100),
            ScanPayloads.inline(100),
            this,
            Tracing.none(),
            Clock.fixed(NOW, ZoneOffset.UTC));
    private final ScanPublisher routine = new ScanPublisher(
            producer,
            new PublishSettings("CT01", Priority.ROUTINE, 100),
            ScanPayloads.inline(100),
            this,
            Tracing.none(),
            Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void scanCarriesSourcePriorityAndContentButNotItsName() {
        String id = publisher.publish(input("doe^john.png", 30));

        ScanReceived scan = producer.history().get(0).value();
        assertThat(producer.history().get(0).key()).isEqualTo(id);
        assertThat(scan.getScanId()).isEqualTo(id);
        assertThat(scan.getSource()).isEqualTo("CT01");
        assertThat(scan.getPriority()).isEqualTo(Priority.STAT);
        assertThat(scan.getReceivedAt()).isEqualTo(NOW);
        assertThat(((InlinePayload) scan.getPayload()).getContent().remaining()).isEqualTo(30);
        assertThat(scan.toString()).doesNotContain("doe");
        assertThat(producer.history().get(0).headers().toArray())
                .isNotEmpty()
                .allSatisfy(
                        header -> assertThat(new String(header.value(), UTF_8)).doesNotContain("doe"));
    }

    @Test
    void topicIsThatOfTheLaneAndTheKindOfEventIsNot() {
        publisher.publish(input("a.png", 3));
        routine.publish(input("b.png", 3));

        assertThat(producer.history())
                .extracting(record -> record.topic())
                .containsExactly("ct.scan.received.stat", "ct.scan.received");
        assertThat(producer.history())
                .extracting(record ->
                        new String(record.headers().lastHeader("ce_type").value(), UTF_8))
                .containsOnly("ct.scan.received");
    }

    @Test
    void receiptComesOnlyWithTheAcknowledgement() {
        String id = publisher.publish(input("a.png", 3));
        assertThat(receipts).isEmpty();

        producer.completeNext();

        assertThat(receipts).singleElement().satisfies(receipt -> {
            assertThat(receipt.scanId()).isEqualTo(id);
            assertThat(receipt.path()).isEqualTo("a.png");
            assertThat(receipt.record()).isEqualTo("ct.scan.received.stat-0@0");
        });
    }

    @Test
    void fileOverTheLimitIsRefusedUnreadAndTheNextGoesOn() {
        publisher.publish(new ScanInput("huge.dcm", 101, null, () -> {
            throw new AssertionError("must not be read");
        }));
        publisher.publish(input("b.png", 3));

        assertThat(refusals)
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.path()).isEqualTo("huge.dcm"));
        assertThat(producer.history()).hasSize(1);
    }

    @Test
    void recordTheBrokerFindsTooLargeIsRefused() {
        publisher.publish(input("a.png", 100));
        producer.errorNext(new RecordTooLargeException("x"));

        assertThat(refusals)
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.reason()).contains("do not fit"));
    }

    @Test
    void unreadableFileIsRefused() {
        publisher.publish(new ScanInput("gone.png", 3, null, () -> {
            throw new IOException("no such file");
        }));

        assertThat(refusals)
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.reason()).contains("no such file"));
    }

    @Override
    public void published(Receipt receipt) {
        receipts.add(receipt);
    }

    @Override
    public void refused(Refusal refusal) {
        refusals.add(refusal);
    }

    private static ScanInput input(String name, int size) {
        // As the scan of a JPEG begins, which is copied whole: of what is no image nothing would travel.
        byte[] content = Arrays.copyOf(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xDA, 0, 2}, size);
        return new ScanInput(name, size, MediaTypes.ofName(name), () -> content);
    }
}
