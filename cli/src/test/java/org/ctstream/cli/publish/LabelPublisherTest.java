package org.ctstream.cli.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.ctstream.publisher.PublishListener;
import org.ctstream.publisher.Receipt;
import org.ctstream.publisher.Refusal;
import org.ctstream.schemas.avro.InlinePayload;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.ScanLabeled;
import org.ctstream.trainer.dataset.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelPublisherTest implements PublishListener {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123Z");

    @TempDir
    private Path folder;

    private final MockProducer<String, ScanLabeled> producer =
            new MockProducer<>(false, null, new StringSerializer(), (topic, label) -> new byte[1]);
    private final List<Receipt> receipts = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();

    @Test
    void labelCarriesImageSplitReaderAndOriginButNoFileName() throws Exception {
        byte[] image =
                HexFormat.of().parseHex("89504e470d0a1a0a" + "0000000049454e44ae426082"); // a PNG's begin and end
        publisher(Split.VALIDATION).publish(input("doe^john.png", image, true));

        ScanLabeled label = producer.history().get(0).value();
        assertThat(producer.history().get(0).key()).isEqualTo(label.getScanId());
        assertThat(label.getLabel()).isEqualTo(Label.POSITIVE);
        assertThat(label.getSplit()).isEqualTo(org.ctstream.schemas.avro.Split.VALIDATION);
        assertThat(label.getLabelledBy()).isEqualTo("reader-7");
        assertThat(label.getOrigin()).isEqualTo("set-a");
        assertThat(label.getLabelledAt()).isEqualTo(NOW);
        assertThat(((InlinePayload) label.getImage()).getContent().array()).isEqualTo(image);
        assertThat(label.toString()).doesNotContain("doe");
        assertThat(producer.history().get(0).headers().toArray())
                .isNotEmpty()
                .allSatisfy(
                        header -> assertThat(new String(header.value(), UTF_8)).doesNotContain("doe"));
    }

    @Test
    void scanIdFollowsFromContentAndSplitAlone() throws Exception {
        byte[] content = {1, 2, 3};
        publisher(Split.TRAIN).publish(input("a.png", content, true));
        publisher(Split.TRAIN).publish(input("b.png", content, false));
        publisher(Split.TEST).publish(input("c.png", content, true));

        List<String> keys =
                producer.history().stream().map(record -> record.key()).toList();
        assertThat(keys.get(0)).isEqualTo(keys.get(1)).matches("labeled-train-[0-9a-f]{32}");
        assertThat(keys.get(2)).matches("labeled-test-[0-9a-f]{32}");
    }

    @Test
    void laterOfTwoLabelsInOneRunIsTheNewerAlsoWithinAMillisecond() throws Exception {
        LabelPublisher publisher = publisher(Split.TRAIN);
        publisher.publish(input("a.png", new byte[] {1}, true));
        publisher.publish(input("a.png", new byte[] {1}, false));

        assertThat(producer.history().get(1).value().getLabelledAt())
                .isAfter(producer.history().get(0).value().getLabelledAt());
    }

    @Test
    void withdrawnLabelIsATombstoneUnderTheSameId() throws Exception {
        LabelPublisher publisher = publisher(Split.TRAIN);
        publisher.publish(input("a.png", new byte[] {1}, true));
        publisher.withdraw(input("a.png", new byte[] {1}, true));

        assertThat(producer.history().get(1).key())
                .isEqualTo(producer.history().get(0).key());
        assertThat(producer.history().get(1).value()).isNull();
    }

    @Test
    void imageOverTheLimitIsRefusedWithRemedyAndTheNextGoesOn() throws Exception {
        LabelPublisher publisher = publisher(Split.TRAIN);
        publisher.publish(input("huge.png", new byte[101], true));
        publisher.publish(input("fits.png", new byte[100], true));
        producer.errorNext(new RecordTooLargeException("x"));

        assertThat(refusals).extracting(Refusal::path).containsExactly("name of huge.png", "name of fits.png");
        assertThat(refusals)
                .allSatisfy(
                        refusal -> assertThat(refusal.reason()).contains("do not fit", "Remedy", "max.message.bytes"));
        assertThat(receipts).isEmpty();
    }

    @Test
    void unreadableFileIsRefusedAndReceiptComesOnlyWithTheAcknowledgement() throws Exception {
        LabelPublisher publisher = publisher(Split.TRAIN);
        publisher.publish(new LabelInput("list.csv:9", folder.resolve("gone.png"), true));
        publisher.publish(input("a.png", new byte[] {1}, true));
        assertThat(receipts).isEmpty();

        producer.completeNext();

        assertThat(refusals)
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.reason()).contains("cannot be read"));
        assertThat(receipts)
                .singleElement()
                .satisfies(receipt -> assertThat(receipt.record()).isEqualTo("ct.scan.labeled-0@0"));
    }

    @Test
    void readerAndOriginMustBeShortPlainNames() {
        assertThatIllegalArgumentException().isThrownBy(() -> LabelPublishSettings.of(Split.TRAIN, " ", "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> LabelPublishSettings.of(Split.TRAIN, "a", "b\u0007"));
    }

    @Override
    public void published(Receipt receipt) {
        receipts.add(receipt);
    }

    @Override
    public void refused(Refusal refusal) {
        refusals.add(refusal);
    }

    private LabelPublisher publisher(Split split) {
        var settings = new LabelPublishSettings(split, "reader-7", "set-a", 100);
        return new LabelPublisher(producer, settings, this, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private LabelInput input(String file, byte[] content, boolean positive) throws IOException {
        return new LabelInput("name of " + file, Files.write(folder.resolve(file), content), positive);
    }
}
