package org.ctstream.imaging.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ctstream.imaging.phantom.PhantomSlices;
import org.ctstream.imaging.slice.GreySlice;
import org.ctstream.imaging.slice.SliceNormalizer;
import org.ctstream.imaging.slice.SliceStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AugmenterTest {

    private static final AugmentationSettings NONE = AugmentationSettings.none();

    private static final GreySlice CHEST =
            new PhantomSlices(128).generate(7, true).toGreySlice();

    @Property(tries = 60)
    void everySettingGivesTheAskedSizeForAnyGeometry(
            @ForAll @IntRange(min = 1, max = 300) int height,
            @ForAll @IntRange(min = 1, max = 300) int width,
            @ForAll @IntRange(min = 1, max = 97) int side,
            @ForAll long seed) {
        GreySlice slice = noise(height, width, seed, 0, 256);

        for (AugmentationSettings settings : Samples.NAMED.values()) {
            GreySlice copy = new Augmenter(settings, side).apply(slice, new SplittableRandom(seed));

            assertThat(copy.height()).isEqualTo(side);
            assertThat(copy.width()).isEqualTo(side);
        }
    }

    @Property(tries = 60)
    void noneGivesThePixelsThatServingSees(
            @ForAll @IntRange(min = 1, max = 300) int height,
            @ForAll @IntRange(min = 1, max = 300) int width,
            @ForAll long seed) {
        GreySlice slice = noise(height, width, seed, 0, 256);

        assertThat(new Augmenter(NONE, 112).apply(slice, new SplittableRandom(seed)))
                .isEqualTo(new SliceNormalizer().normalize(slice, 112));
        assertThat(new Augmenter(NONE, SliceNormalizer.SIDE).apply(slice, new SplittableRandom(seed)))
                .isEqualTo(new SliceNormalizer().normalize(slice));
    }

    @Property(tries = 60)
    void geometryAndSmoothingStayWithinTheRangeOfTheInput(
            @ForAll @IntRange(min = 1, max = 300) int height,
            @ForAll @IntRange(min = 1, max = 300) int width,
            @ForAll long seed) {
        GreySlice slice = noise(height, width, seed, 60, 160);
        AugmentationSettings untoned = AugmentationSettings.strong()
                .withTone(Span.of(1), Span.of(1))
                .withSmoothing(new Smoothing(1, new Span(0.2, 3)));

        SliceStatistics copy = new Augmenter(untoned, 56)
                .apply(slice, new SplittableRandom(seed))
                .statistics();

        assertThat(copy.min()).isGreaterThanOrEqualTo(slice.statistics().min());
        assertThat(copy.max()).isLessThanOrEqualTo(slice.statistics().max());
    }

    @Property(tries = 30)
    void sameSeedGivesTheSameBytesAndAnotherSeedOthers(@ForAll long seed) {
        Augmenter augmenter = new Augmenter(AugmentationSettings.standard(), 64);

        GreySlice copy = augmenter.apply(CHEST, new SplittableRandom(seed));

        assertThat(new Augmenter(AugmentationSettings.standard(), 64).apply(CHEST, new SplittableRandom(seed)))
                .isEqualTo(copy);
        assertThat(augmenter.apply(CHEST, new SplittableRandom(seed + 1))).isNotEqualTo(copy);
    }

    @Test
    void sliceIsNotWrittenToEvenWhenItHasTheRightSize() {
        byte[] before = CHEST.pixels().clone();
        AugmentationSettings toned = NONE.withTone(Span.of(0.5), Span.of(0.5));

        GreySlice copy = new Augmenter(toned, 128).apply(CHEST, new SplittableRandom(1));

        assertThat(CHEST.pixels()).isEqualTo(before);
        assertThat(copy.pixels()).isNotSameAs(CHEST.pixels());
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "0, 1", "1, 1"})
    void certainFlipIsTheExactMirrorOfWhatServingSees(double horizontal, double vertical) {
        GreySlice slice = noise(90, 130, 3, 0, 256);
        GreySlice stretched = new SliceNormalizer().normalize(slice, 65);

        GreySlice copy = new Augmenter(NONE.withFlips(horizontal, vertical), 65).apply(slice, new SplittableRandom(5));

        for (int row = 0; row < 65; row++) {
            for (int column = 0; column < 65; column++) {
                assertThat(copy.at(row, column))
                        .as("row %d, column %d", row, column)
                        .isEqualTo(
                                stretched.at(vertical == 1 ? 64 - row : row, horizontal == 1 ? 64 - column : column));
            }
        }
    }

    @Test
    void flipsHappenAsOftenAsAsked() {
        Augmenter augmenter = new Augmenter(NONE.withFlips(0.7, 0), 2);
        GreySlice leftIsWhite = slice(2, 255, 0, 255, 0);
        SplittableRandom random = new SplittableRandom(11);
        int flipped = 0;
        for (int i = 0; i < 10_000; i++) {
            flipped += augmenter.apply(leftIsWhite, random).at(0, 0) == 0 ? 1 : 0;
        }

        assertThat(flipped / 10_000.0).isCloseTo(0.7, within(0.02));
    }

    @Test
    void samplerWithoutRotationOrCropCopiesEveryPixel() {
        GreySlice slice = noise(64, 64, 9, 0, 256);
        Placement still = new Placement(new Crop.Window(0, 0, 1, 1), false, false, 0);

        assertThat(AffineSampler.sample(slice, still.mapOnto(64, 64, 64), 64)).isEqualTo(slice.pixels());
    }

    @Test
    void positiveRotationTurnsClockwise() {
        GreySlice slice = slice(3, 1, 2, 3, 4, 5, 6, 7, 8, 9);

        GreySlice copy = new Augmenter(NONE.withRotation(Span.of(90)), 3).apply(slice, new SplittableRandom(1));

        assertThat(copy).isEqualTo(slice(3, 7, 4, 1, 8, 5, 2, 9, 6, 3));
    }

    @Test
    void halfATurnIsBothFlips() {
        GreySlice slice = noise(48, 48, 4, 0, 256);

        assertThat(new Augmenter(NONE.withRotation(Span.of(180)), 48).apply(slice, new SplittableRandom(1)))
                .isEqualTo(new Augmenter(NONE.withFlips(1, 1), 48).apply(slice, new SplittableRandom(1)));
    }

    @Test
    void rotationRepeatsTheEdgeOutsideTheSlice() {
        GreySlice bright = slice(2, 200, 200, 200, 200);

        GreySlice copy = new Augmenter(NONE.withRotation(Span.of(45)), 40).apply(bright, new SplittableRandom(1));

        assertThat(copy.statistics()).isEqualTo(new SliceStatistics(200, 0, 200, 200));
    }

    @Test
    void centreCropIsTheMiddleOfTheSlice() {
        GreySlice slice = noise(256, 256, 8, 0, 256);

        GreySlice copy = new Augmenter(AugmentationSettings.centreCrop(), 224).apply(slice, new SplittableRandom(1));

        for (int row = 0; row < 224; row++) {
            for (int column = 0; column < 224; column++) {
                assertThat(copy.at(row, column))
                        .as("row %d, column %d", row, column)
                        .isEqualTo(slice.at(row + 16, column + 16));
            }
        }
    }

    @Test
    void cropShowsItsWindowOnly() {
        // Columns of a ramp: the smallest and largest value tell which of them were seen.
        byte[] ramp = new byte[200 * 200];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = (byte) (i % 200);
        }
        GreySlice slice = new GreySlice(200, 200, ramp);
        Augmenter quarter = new Augmenter(NONE.withCrop(new Crop(Span.of(0.25), Span.of(1), false)), 100);
        SplittableRandom random = new SplittableRandom(3);
        int least = 255;
        int most = 0;
        for (int i = 0; i < 200; i++) {
            SliceStatistics copy = quarter.apply(slice, random).statistics();
            assertThat(copy.max() - copy.min()).isBetween(98, 100);
            least = Math.min(least, copy.min());
            most = Math.max(most, copy.max());
        }

        assertThat(least).as("windows reach the left edge").isLessThan(5);
        assertThat(most).as("windows reach the right edge").isGreaterThan(194);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 10, -30})
    void reductionAveragesInsteadOfAliasing(double degrees) {
        GreySlice noise = noise(600, 600, 21, 0, 256);
        Crop middle = new Crop(Span.of(0.36), Span.of(1), true);

        SliceStatistics copy = new Augmenter(NONE.withCrop(middle).withRotation(Span.of(degrees)), 60)
                .apply(noise, new SplittableRandom(1))
                .statistics();

        // Each output pixel stands for 36 input pixels: their mean's deviation is a sixth of that of one.
        assertThat(copy.mean()).isCloseTo(noise.statistics().mean(), within(1.5));
        assertThat(copy.standardDeviation()).isLessThan(noise.statistics().standardDeviation() / 5);
    }

    @Property(tries = 40)
    void constantSliceTakesTheBrightnessAndIgnoresTheContrast(
            @ForAll @IntRange(max = 255) int value, @ForAll @IntRange(max = 20) int tenths) {
        AugmentationSettings toned = AugmentationSettings.standard().withTone(Span.of(tenths / 10.0), Span.of(1.7));

        SliceStatistics copy = new Augmenter(toned, 20)
                .apply(slice(1, value), new SplittableRandom(value))
                .statistics();

        assertThat((double) copy.min()).isCloseTo(Math.min(255, value * tenths / 10.0), within(0.5001));
        assertThat(copy.max()).isEqualTo(copy.min());
    }

    @ParameterizedTest
    @CsvSource({"0, 100, 100", "0.5, 80, 120", "2, 20, 180", "4, 0, 255"})
    void contrastMovesValuesFromTheMean(double contrast, int dark, int bright) {
        GreySlice slice = slice(2, 60, 140, 140, 60);

        GreySlice copy =
                new Augmenter(NONE.withTone(Span.of(1), Span.of(contrast)), 2).apply(slice, new SplittableRandom(1));

        assertThat(copy).isEqualTo(slice(2, dark, bright, bright, dark));
    }

    @Test
    void smoothingSpreadsAPointAsTheGaussianSays() {
        byte[] point = new byte[41 * 41];
        point[20 * 41 + 20] = (byte) 255;
        AugmentationSettings smoothed = NONE.withSmoothing(new Smoothing(1, Span.of(1)));

        GreySlice copy = new Augmenter(smoothed, 41).apply(new GreySlice(41, 41, point), new SplittableRandom(1));

        // 255 / (2 pi) at the middle, times exp(-1/2) one pixel beside it and exp(-1) diagonally.
        assertThat(copy.at(20, 20)).isCloseTo(41, within(1));
        assertThat(copy.at(20, 21)).isCloseTo(25, within(1)).isEqualTo(copy.at(19, 20));
        assertThat(copy.at(21, 21)).isCloseTo(15, within(1));
        assertThat(copy.at(20, 24)).isZero();
    }

    @Test
    void erasingPaintsOneRectangleOfTheAskedArea() {
        Erasing tenth = new Erasing(1, Span.of(0.1), Erasing.Fill.MEAN);
        GreySlice noise = noise(100, 100, 2, 0, 100);

        GreySlice copy = new Augmenter(NONE.withErasing(tenth), 100).apply(noise, new SplittableRandom(4));

        int changed = 0;
        for (int i = 0; i < 10_000; i++) {
            changed += copy.pixels()[i] == noise.pixels()[i] ? 0 : 1;
        }
        assertThat(changed).isBetween(900, 1050);
    }

    @Test
    void erasingWithNoiseCoversTheWholeRange() {
        Erasing most = new Erasing(1, Span.of(0.5), Erasing.Fill.NOISE);

        SliceStatistics copy = new Augmenter(NONE.withErasing(most), 100)
                .apply(slice(1, 128), new SplittableRandom(4))
                .statistics();

        assertThat(copy.min()).isLessThan(3);
        assertThat(copy.max()).isGreaterThan(252);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "61, 2000", "2000, 61", "1, 3000"})
    void extremeGeometriesAreAugmented(int height, int width) {
        GreySlice slice = noise(height, width, 6, 0, 256);

        for (AugmentationSettings settings : Samples.NAMED.values()) {
            GreySlice copy = new Augmenter(settings, 224).apply(slice, new SplittableRandom(2));

            assertThat(copy.pixels()).hasSize(224 * 224);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 4097})
    void sideOutsideTheBoundsIsRefused(int side) {
        assertThatThrownBy(() -> new Augmenter(NONE, side))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(side + "")
                .hasMessageContaining("1 to 4096");
    }

    private static GreySlice slice(int side, int... values) {
        byte[] pixels = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            pixels[i] = (byte) values[i];
        }
        return new GreySlice(side, values.length / side, pixels);
    }

    private static GreySlice noise(int height, int width, long seed, int from, int to) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] pixels = new byte[height * width];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) random.nextInt(from, to);
        }
        return new GreySlice(height, width, pixels);
    }
}
