package org.ctstream.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.decode.ScanDecoder;
import org.ctstream.imaging.slice.GreySlice;
import org.ctstream.imaging.slice.SliceNormalizer;
import org.ctstream.service.fetch.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetsTest {
    @TempDir
    private Path folder;

    @Test
    void listsBecomeADatasetWithBalanceSizesMeanAndDeviation() throws Exception {
        Dataset dataset = Datasets.fromCsv(
                Map.of(
                        Split.TRAIN, List.of(TestImages.list(folder, "train.csv", 1, 2, 3)),
                        Split.VALIDATION, List.of(TestImages.list(folder, "val.csv", 4, 5))),
                folder.resolve("cache"));

        DatasetStatistics train = dataset.statistics(Split.TRAIN);
        assertThat(train.positives()).isEqualTo(1);
        assertThat(train.negatives()).isEqualTo(2);
        assertThat(train.heights()).isEqualTo(new DatasetStatistics.Sides(96, 96, 96));
        double mean = 0;
        double meanOfSquares = 0;
        for (LabeledImage image : dataset.images(Split.TRAIN)) {
            var each = dataset.slice(image, SliceNormalizer.SIDE).statistics();
            mean += each.mean() / 255 / 3;
            meanOfSquares +=
                    (each.mean() * each.mean() + each.standardDeviation() * each.standardDeviation()) / 255 / 255 / 3;
        }
        assertThat(train.mean()).isCloseTo(mean, within(1e-9));
        assertThat(train.standardDeviation()).isCloseTo(Math.sqrt(meanOfSquares - mean * mean), within(1e-9));
        assertThat(dataset.images(Split.VALIDATION)).hasSize(2);
        assertThat(dataset.statistics(Split.TEST).mean()).isNaN();
        assertThat(dataset.labelOffsets()).isEmpty();
        assertThat(dataset.summary()).contains("train", "33.3", "Rejected labels: 0");
    }

    @Test
    void sliceIsWhatServingSeesAtAnySideAlsoWhenReadBack() throws Exception {
        Dataset dataset = train(TestImages.list(folder, "train.csv", 7));
        LabeledImage image = dataset.images(Split.TRAIN).get(0);
        GreySlice whole = new ScanDecoder(DecodeLimits.DEFAULTS)
                .decode(TestImages.png(7, false))
                .slice();

        for (int side : new int[] {64, 112, 224, 256}) {
            GreySlice expected = new SliceNormalizer().normalize(whole, side);
            assertThat(dataset.slice(image, side)).isEqualTo(expected);
            assertThat(dataset.slice(image, side)).isEqualTo(expected);
        }
    }

    @Test
    void sliceNeedsTheImageOnlyOnce() throws Exception {
        Dataset dataset = train(TestImages.list(folder, "train.csv", 7));
        LabeledImage image = dataset.images(Split.TRAIN).get(0);
        GreySlice first = dataset.slice(image, 160);

        Files.delete(object(image));

        assertThat(dataset.slice(image, 160)).isEqualTo(first);
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> dataset.slice(image, 161))
                .withMessageContainingAll(image.digest(), "Remedy");
    }

    @Test
    void damagedSliceIsMadeAgainAndDamagedImageIsAnError() throws Exception {
        Dataset dataset = train(TestImages.list(folder, "train.csv", 7));
        LabeledImage image = dataset.images(Split.TRAIN).get(0);
        GreySlice whole = dataset.slice(image, 224);
        Path slice = folder.resolve("cache/slices/" + SliceNormalizer.PREPROCESSING_VERSION + "/224/" + image.digest());

        flipByte(slice, 1_000);
        assertThat(dataset.slice(image, 224)).isEqualTo(whole);
        Files.write(slice, new byte[] {1, 2, 3});
        assertThat(dataset.slice(image, 224)).isEqualTo(whole);

        flipByte(object(image), 500);
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> dataset.slice(image, 99))
                .withMessageContainingAll("damaged", "Remedy");
    }

    @Test
    void undecodableImageIsRejectedWithItsLineAndTheRestGoesOn() throws Exception {
        Path list = TestImages.list(folder, "train.csv", 1, 2, 3);
        Files.write(folder.resolve("images/i2.png"), TestImages.truncated(TestImages.png(2, true)));

        Dataset dataset = train(list);

        assertThat(dataset.images(Split.TRAIN)).hasSize(2);
        assertThat(dataset.rejected()).singleElement().satisfies(rejected -> {
            assertThat(rejected.source()).isEqualTo("train.csv:3");
            assertThat(rejected.toString()).contains("PNG", "Remedy").doesNotContain("i2");
        });
        assertThat(dataset.summary()).contains("Rejected labels: 1", "train.csv:3");
    }

    @Test
    void testImageThatAlsoStandsInTrainingUnderAnotherNameIsRefused() throws Exception {
        Path train = TestImages.list(folder, "train.csv", 1, 2);
        Path test = TestImages.list(folder.resolve("elsewhere"), "test.csv", 2);

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> Datasets.fromCsv(
                        Map.of(Split.TRAIN, List.of(train), Split.TEST, List.of(test)), folder.resolve("cache")))
                .withMessageContainingAll(Sha256.hex(TestImages.png(2, true)), "train.csv:3", "test.csv:2");
    }

    @Test
    void laterLineWinsWhereOneImageHasTwoLabels() throws Exception {
        Path list = TestImages.list(folder, "train.csv", 1);
        Files.writeString(list, "images/i1.png,COVID\nimages/i1.png,NON_COVID\n");

        Dataset dataset = train(list);

        assertThat(dataset.images(Split.TRAIN))
                .singleElement()
                .satisfies(image -> assertThat(image.positive()).isFalse());
        assertThat(dataset.rejected())
                .singleElement()
                .satisfies(rejected -> assertThat(rejected.source()).isEqualTo("train.csv:1"));
    }

    @Test
    void fingerprintDependsOnContentAndLabelsNotOnPlaceOrOrder() throws Exception {
        String one = train(TestImages.list(folder.resolve("a"), "train.csv", 1, 2, 3))
                .fingerprint();
        String same =
                train(TestImages.list(folder.resolve("b"), "x.csv", 3, 1, 2)).fingerprint();
        String fewer =
                train(TestImages.list(folder.resolve("c"), "x.csv", 3, 1)).fingerprint();

        assertThat(same).isEqualTo(one);
        assertThat(fewer).isNotEqualTo(one);
    }

    private Dataset train(Path list) {
        return Datasets.fromCsv(Map.of(Split.TRAIN, List.of(list)), folder.resolve("cache"));
    }

    private Path object(LabeledImage image) {
        return folder.resolve("cache/objects/" + image.digest().substring(0, 2) + "/" + image.digest());
    }

    private static void flipByte(Path file, int index) throws IOException {
        byte[] content = Files.readAllBytes(file);
        content[index] ^= 1;
        Files.write(file, content);
    }
}
