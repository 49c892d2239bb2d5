package org.ctstream.cli.shadow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ctstream.schemas.avro.ClaimCheck;
import org.ctstream.schemas.avro.InlinePayload;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.ScanLabeled;
import org.ctstream.schemas.avro.Split;
import org.ctstream.service.fetch.Sha256;
import org.junit.jupiter.api.Test;

class ReaderLabelsTest {
    private static final String ONE = Sha256.hex("one".getBytes(UTF_8));
    private static final String TWO = Sha256.hex("two".getBytes(UTF_8));

    private final ReaderLabels labels = new ReaderLabels(Set.of(ONE, TWO), List.of(Map.of("0", 10L), Map.of("1", 5L)));

    @Test
    void originalIsKnownByItsBytesUnderWhateverScanIdAndByReference() {
        labels.take("any id", 2, 0, label("one", Label.POSITIVE, Split.TRAIN));
        labels.take("large", 2, 1, claimed(TWO, Label.NEGATIVE));
        labels.take("stranger", 2, 2, label("three", Label.POSITIVE, Split.TRAIN));

        assertThat(labels.found().positive()).isEqualTo(Map.of(ONE, true, TWO, false));
    }

    @Test
    void lastWordOnAScanCountsAndUnsureTakesItBack() {
        labels.take("a", 2, 0, label("one", Label.POSITIVE, Split.TRAIN));
        labels.take("a", 2, 1, label("one", Label.NEGATIVE, Split.TRAIN));
        labels.take("b", 2, 2, label("two", Label.POSITIVE, Split.TRAIN));
        labels.take("b", 2, 3, label("two", Label.INDETERMINATE, Split.TRAIN));

        assertThat(labels.found().positive()).isEqualTo(Map.of(ONE, false));
    }

    @Test
    void readersWhoDisagreeOnAnOriginalDecideNothing() {
        labels.take("a", 2, 0, label("one", Label.POSITIVE, Split.TRAIN));
        labels.take("b", 2, 1, label("one", Label.NEGATIVE, Split.TRAIN));

        assertThat(labels.found().positive()).isEmpty();
        assertThat(labels.found().contradictory()).isEqualTo(1);
    }

    @Test
    void labelsAReleaseMayHaveBeenTrainedOnAreLeftOutUnlessTheyAreForTesting() {
        labels.take("a", 0, 9, label("one", Label.POSITIVE, Split.TRAIN));
        labels.take("b", 1, 4, label("two", Label.POSITIVE, Split.TEST));
        assertThat(labels.found().positive()).isEqualTo(Map.of(TWO, true));
        assertThat(labels.found().seen()).isEqualTo(1);

        labels.take("a", 0, 10, label("one", Label.POSITIVE, Split.TRAIN));
        assertThat(labels.found().positive()).as("said after the training").containsEntry(ONE, true);
    }

    private static ScanLabeled label(String content, Label label, Split split) {
        return builder(label, split)
                .setImage(new InlinePayload(ByteBuffer.wrap(content.getBytes(UTF_8))))
                .build();
    }

    private static ScanLabeled claimed(String digest, Label label) {
        return builder(label, Split.UNASSIGNED)
                .setImage(new ClaimCheck("file:///scan.dcm", digest, 3L))
                .build();
    }

    private static ScanLabeled.Builder builder(Label label, Split split) {
        return ScanLabeled.newBuilder()
                .setScanId("unused")
                .setLabel(label)
                .setSplit(split)
                .setLabelledBy("reader")
                .setLabelledAt(Instant.EPOCH)
                .setOrigin("test");
    }
}
