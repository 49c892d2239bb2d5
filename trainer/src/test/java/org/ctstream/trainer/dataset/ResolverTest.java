package org.ctstream.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.ctstream.service.fetch.Sha256;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResolverTest {
    private static final String A = "a".repeat(64);
    private static final String B = "b".repeat(64);

    @Test
    void imagesAreListedOnceAndSortedByDigest() {
        Resolution resolution = Resolver.resolve(
                List.of(
                        entry("s2", B, true, Split.TRAIN, 1),
                        entry("s1", A, false, Split.TRAIN, 2),
                        entry("s3", A, false, Split.TRAIN, 3)),
                0);

        assertThat(resolution.in(Split.TRAIN)).extracting(LabeledImage::digest).containsExactly(A, B);
        assertThat(resolution.rejected()).isEmpty();
    }

    @Test
    void testImageThatAlsoStandsInTrainingIsRefusedWithDigestScansAndRemedy() {
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> Resolver.resolve(
                        List.of(entry("s1", A, true, Split.TRAIN, 1), entry("s2", A, true, Split.TEST, 2)), 0))
                .withMessageContainingAll(A, "s1 in train", "s2 in test", "Remedy");
    }

    @Test
    void testImageThatAlsoStandsInValidationIsRefused() {
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> Resolver.resolve(
                        List.of(entry("s1", A, true, Split.VALIDATION, 1), entry("s2", A, true, Split.TEST, 2)), 0))
                .withMessageContaining(A);
    }

    @Test
    void newestLabelOfAnImageHoldsAndTheOtherIsReported() {
        Resolution resolution = Resolver.resolve(
                List.of(entry("newer", A, true, Split.TRAIN, 2), entry("older", A, false, Split.TRAIN, 1)), 0);

        assertThat(resolution.in(Split.TRAIN))
                .singleElement()
                .satisfies(image -> assertThat(image.positive()).isTrue());
        assertThat(resolution.rejected()).singleElement().satisfies(rejected -> {
            assertThat(rejected.source()).isEqualTo("older");
            assertThat(rejected.field()).isEqualTo("label");
            assertThat(rejected.detail()).contains("newer");
        });
    }

    @Test
    void imageInTrainingAndValidationStaysInValidationAndIsReported() {
        Resolution resolution = Resolver.resolve(
                List.of(entry("t", A, false, Split.TRAIN, 2), entry("v", A, true, Split.VALIDATION, 1)), 0);

        assertThat(resolution.in(Split.TRAIN)).isEmpty();
        assertThat(resolution.in(Split.VALIDATION))
                .singleElement()
                .satisfies(image -> assertThat(image.positive()).isTrue());
        assertThat(resolution.rejected())
                .singleElement()
                .satisfies(rejected -> assertThat(rejected.source()).isEqualTo("t"));
    }

    @Test
    void labelWithoutSplitFollowsTheSplitItsImageHas() {
        Resolution resolution = Resolver.resolve(
                List.of(
                        entry("test", A, false, Split.TEST, 1),
                        entry("review", A, true, null, 2),
                        entry("new", B, true, null, 3)),
                0);

        assertThat(resolution.in(Split.TEST))
                .singleElement()
                .satisfies(image -> assertThat(image.positive()).isTrue());
        assertThat(resolution.in(Split.TRAIN)).extracting(LabeledImage::digest).containsExactly(B);
    }

    @Test
    void statedShareOfImagesWithoutSplitGoesToValidationByDigestAlone() {
        var entries = new ArrayList<LabelEntry>();
        for (int i = 0; i < 2_000; i++) {
            entries.add(entry("s" + i, Sha256.hex(new byte[] {(byte) i, (byte) (i >> 8)}), i % 2 == 0, null, i));
        }

        Resolution some = Resolver.resolve(entries, 20);

        assertThat(some.in(Split.VALIDATION).size()).isBetween(320, 480);
        assertThat(Resolver.resolve(entries.subList(0, 500), 20).in(Split.VALIDATION))
                .isSubsetOf(some.in(Split.VALIDATION));
        assertThat(Resolver.resolve(entries, 0).in(Split.VALIDATION)).isEmpty();
    }

    private static LabelEntry entry(String source, String digest, boolean positive, @Nullable Split split, long rank) {
        return new LabelEntry(source, digest, positive, split, "test", rank);
    }
}
