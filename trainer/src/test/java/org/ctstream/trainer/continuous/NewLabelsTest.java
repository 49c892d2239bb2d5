package org.ctstream.trainer.continuous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ctstream.trainer.continuous.Snapshots.image;

import java.util.List;
import java.util.Map;
import org.ctstream.trainer.dataset.Split;
import org.junit.jupiter.api.Test;

class NewLabelsTest {
    @Test
    void everyTrainingLabelIsNewBeforeTheFirstTraining() {
        assertThat(NewLabels.count(Snapshots.trainable(0, 7), null, List.of())).isEqualTo(7);
    }

    @Test
    void labelsOfTheLastTrainingAreNotNewAndChangedOnesAre() {
        LabelSnapshot trained = Snapshots.of(
                image(1, true, Split.TRAIN), image(2, true, Split.TRAIN), image(3, false, Split.VALIDATION));
        LabelSnapshot now = Snapshots.of(
                image(1, true, Split.TRAIN), // as before
                image(2, false, Split.TRAIN), // corrected
                image(3, false, Split.TRAIN), // was for validation
                image(4, false, Split.TRAIN), // came
                image(5, false, Split.VALIDATION));

        assertThat(NewLabels.count(now, trained, List.of())).isEqualTo(3);
    }

    @Test
    void labelsThatWereRemovedDoNotCount() {
        assertThat(NewLabels.count(Snapshots.trainable(0, 4), Snapshots.trainable(0, 9), List.of()))
                .isZero();
    }

    @Test
    void withoutMemoryTheNewestLineageBoundsTheCount() {
        LabelSnapshot now = new LabelSnapshot(
                Map.of("0", 50L, "1", 20L), Snapshots.trainable(0, 60).images());

        assertThat(NewLabels.count(now, null, List.of(Map.of("0", 10L, "1", 20L), Map.of("0", 47L, "1", 15L))))
                .isEqualTo(3);
        assertThat(NewLabels.count(now, null, List.of(Map.of("0", 50L, "1", 20L))))
                .isZero();
    }

    @Test
    void countByLineageIsNeverMoreThanThereAreTrainingImages() {
        LabelSnapshot now =
                new LabelSnapshot(Map.of("0", 1_000L), Snapshots.trainable(0, 5).images());

        assertThat(NewLabels.count(now, null, List.of(Map.of("0", 10L)))).isEqualTo(5);
    }

    @Test
    void lineageOfATopicThatWasMadeAnewIsPassedOver() {
        LabelSnapshot now =
                new LabelSnapshot(Map.of("0", 9L), Snapshots.trainable(0, 5).images());

        assertThat(NewLabels.count(now, null, List.of(Map.of("0", 4_000L)))).isEqualTo(5);
    }
}
