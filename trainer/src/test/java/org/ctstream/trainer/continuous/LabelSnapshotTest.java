package org.ctstream.trainer.continuous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.ctstream.trainer.continuous.Snapshots.image;

import java.util.List;
import org.ctstream.trainer.dataset.DatasetException;
import org.ctstream.trainer.dataset.Split;
import org.junit.jupiter.api.Test;

class LabelSnapshotTest {
    private static final LabelSnapshot BEGUN = Snapshots.of(
            image(1, true, Split.TRAIN),
            image(2, false, Split.TRAIN),
            image(3, false, Split.TRAIN),
            image(4, true, Split.VALIDATION),
            image(5, true, Split.TEST));

    @Test
    void trainingOrValidationImageThatBecameATestImageIsRefusedWithoutNamingIt() {
        for (int number : new int[] {1, 4}) {
            var now = List.of(image(number, false, Split.TEST), image(6, true, Split.TEST));

            assertThatExceptionOfType(DatasetException.class)
                    .isThrownBy(() -> BEGUN.requireWithout(now))
                    .withMessageContaining("1 of its training and validation images")
                    .withMessageContaining("test images since it began")
                    .withMessageNotContaining(now.get(0).digest());
        }
    }

    @Test
    void testImagesOfOldAndNewOnesAreNoObstacle() {
        assertThatCode(() -> BEGUN.requireWithout(List.of(image(5, true, Split.TEST), image(6, true, Split.TEST))))
                .doesNotThrowAnyException();
    }

    @Test
    void imagesAreCountedBySplitAndClass() {
        assertThat(BEGUN.count(Split.TRAIN, true)).isEqualTo(1);
        assertThat(BEGUN.count(Split.TRAIN, false)).isEqualTo(2);
        assertThat(BEGUN.count(Split.VALIDATION, false)).isZero();
        assertThat(BEGUN.count(Split.TEST, true)).isEqualTo(1);
    }
}
