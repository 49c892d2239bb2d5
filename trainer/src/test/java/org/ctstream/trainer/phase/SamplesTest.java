package org.ctstream.trainer.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.ctstream.imaging.augment.AugmentationSettings;
import org.ctstream.imaging.augment.Augmenter;
import org.ctstream.trainer.dataset.LabeledImage;
import org.ctstream.trainer.dataset.Split;
import org.ctstream.trainer.feed.Sample;
import org.junit.jupiter.api.Test;

/** Which images a phase takes, in which order, augmented how. */
class SamplesTest {
    private final Augmenter augmenter = new Augmenter(AugmentationSettings.standard(), 32);
    private final Augmenter strong = new Augmenter(AugmentationSettings.strong(), 32);

    @Test
    void epochTakesEveryImageOnceInAnOrderThatDependsOnSeedAndEpoch() {
        List<LabeledImage> images = images("here", 10, 10);
        ImageOrder order = new ImageOrder(images, false, 0, 1);

        assertThat(order.of(3)).containsExactlyInAnyOrderElementsOf(images).isEqualTo(order.of(3));
        assertThat(order.of(3)).isNotEqualTo(order.of(4));
        assertThat(new ImageOrder(images, false, 0, 2).of(3)).isNotEqualTo(order.of(3));
    }

    @Test
    void balancedEpochTakesOriginsAndClassesEquallyOften() {
        List<LabeledImage> images = new ArrayList<>(images("large", 30, 6));
        images.addAll(images("small", 2, 3));

        List<LabeledImage> drawn = new ImageOrder(images, true, 40, 1).of(1);

        assertThat(drawn).hasSize(40);
        for (String origin : List.of("large", "small")) {
            for (boolean positive : new boolean[] {true, false}) {
                assertThat(drawn)
                        .filteredOn(image -> image.origin().equals(origin) && image.positive() == positive)
                        .hasSize(10);
            }
        }
        assertThat(new HashSet<>(drawn)).containsAll(images("small", 2, 3));
    }

    @Test
    void freshSamplesDifferByImageEpochAndUseAndComeAgain() {
        SampleMaker maker = new SampleMaker(augmenter, 0, 1);
        LabeledImage one = images("here", 1, 1).get(0);
        LabeledImage two = images("here", 1, 1).get(1);

        assertThat(List.of(
                        maker.sample(one, 1, 0).seed(),
                        maker.sample(one, 2, 0).seed(),
                        maker.sample(one, 1, 1).seed(),
                        maker.sample(two, 1, 0).seed()))
                .doesNotHaveDuplicates();
        assertThat(maker.sample(one, 1, 0)).isEqualTo(maker.sample(one, 1, 0));
        assertThat(new SampleMaker(augmenter, 0, 2).sample(one, 1, 0)).isNotEqualTo(maker.sample(one, 1, 0));
    }

    @Test
    void keptCopiesAreGoneThroughEpochByEpoch() {
        SampleMaker maker = new SampleMaker(augmenter, 3, 1);
        List<LabeledImage> images = images("here", 4, 4);
        Set<Sample> all = new HashSet<>(maker.all(images));
        assertThat(all).hasSize(24);

        Set<Sample> taken = new HashSet<>();
        for (int epoch = 1; epoch <= 3; epoch++) {
            for (LabeledImage image : images) {
                taken.add(maker.sample(image, epoch, 0));
            }
        }

        assertThat(taken).isEqualTo(all);
    }

    @Test
    void randomTripletIsAnotherImageOfTheClassAndOneOfTheOther() {
        List<LabeledImage> images = images("here", 3, 3);
        TripletSamples samples = triplets(images, TripletStrategy.RANDOM);
        Set<LabeledImage> positives = new HashSet<>();
        for (int epoch = 0; epoch < 40; epoch++) {
            List<Sample> thirds = samples.triplets(images, epoch);
            assertThat(thirds).hasSize(18).isEqualTo(samples.triplets(images, epoch));
            for (int i = 0; i < 6; i++) {
                LabeledImage anchor = thirds.get(i).image();
                LabeledImage positive = thirds.get(6 + i).image();
                assertThat(anchor).isEqualTo(images.get(i));
                assertThat(positive).isNotEqualTo(anchor);
                assertThat(positive.positive()).isEqualTo(anchor.positive());
                assertThat(thirds.get(12 + i).image().positive()).isNotEqualTo(anchor.positive());
                positives.add(positive);
            }
        }
        assertThat(positives).containsExactlyInAnyOrderElementsOf(images);
    }

    @Test
    void strongPositiveIsTheAnchorItselfStronglyAugmented() {
        List<LabeledImage> images = images("here", 3, 3);

        List<Sample> thirds = triplets(images, TripletStrategy.STRONG_POSITIVE).triplets(images, 1);

        for (int i = 0; i < 6; i++) {
            assertThat(thirds.get(6 + i).image()).isEqualTo(thirds.get(i).image());
            assertThat(thirds.get(i).augmenter()).isSameAs(augmenter);
            assertThat(thirds.get(6 + i).augmenter()).isSameAs(strong);
            assertThat(thirds.get(12 + i).augmenter()).isSameAs(augmenter);
        }
    }

    @Test
    void onlyImageOfItsClassIsItsOwnPositive() {
        List<LabeledImage> images = images("here", 1, 2);

        List<Sample> thirds = triplets(images, TripletStrategy.RANDOM).triplets(images.subList(0, 1), 1);

        assertThat(thirds.get(1).image()).isEqualTo(images.get(0));
    }

    @Test
    void tripletsOfOneClassAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> triplets(images("here", 4, 0), TripletStrategy.RANDOM))
                .withMessageContainingAll("4 positive", "0 negative");
    }

    @Test
    void partsKeepToTheirSizeAndAreNearlyAsLong() {
        List<Integer> ten = Collections.nCopies(10, 1);

        assertThat(Slicing.parts(ten, 4).stream().map(List::size)).containsExactly(4, 4, 2);
        assertThat(Slicing.evenParts(ten, 4).stream().map(List::size)).containsExactly(3, 3, 4);
        assertThat(Slicing.evenParts(ten, 16).stream().map(List::size)).containsExactly(10);
        assertThat(Slicing.evenParts(Collections.nCopies(17, 1), 16).stream().map(List::size))
                .containsExactly(8, 9);
    }

    private TripletSamples triplets(List<LabeledImage> images, TripletStrategy strategy) {
        return new TripletSamples(images, new SampleMaker(augmenter, 0, 1), new SampleMaker(strong, 0, 2), strategy, 3);
    }

    private static List<LabeledImage> images(String origin, int positives, int negatives) {
        List<LabeledImage> images = new ArrayList<>();
        for (int i = 0; i < positives + negatives; i++) {
            String digest = "%064x".formatted(Objects.hash(origin, i) & 0xFFFFFFFFL);
            images.add(new LabeledImage(digest, i < positives, Split.TRAIN, origin));
        }
        return images;
    }
}
