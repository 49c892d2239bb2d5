package org.ctstream.trainer.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.ctstream.imaging.augment.AugmentationSettings;
import org.ctstream.imaging.augment.Augmenter;
import org.ctstream.imaging.slice.GreySlice;
import org.ctstream.trainer.dataset.Dataset;
import org.ctstream.trainer.dataset.LabeledImage;
import org.ctstream.trainer.dataset.Split;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PixelRenderingTest {
    @TempDir
    private static Path folder;

    private static Dataset dataset;
    private static LabeledImage image;

    @BeforeAll
    static void make() throws Exception {
        dataset = TestSlices.of(folder, 1, 1);
        image = dataset.images(Split.TRAIN).get(0);
    }

    @Test
    void plainSampleIsTheServedSliceStandardisedInEveryChannel() {
        PixelRendering rendering = new PixelRendering(dataset, 40, Standardisation.IMAGENET);
        FloatBuffer values = FloatBuffer.allocate(40 * 40 * 3);

        rendering.render(Sample.plain(image), values);

        byte[] pixels = dataset.slice(image, 40).pixels();
        for (int i = 0; i < pixels.length; i++) {
            float level = (pixels[i] & 0xFF) / 255f;
            assertThat(values.get(3 * i)).isEqualTo((level - 0.485f) / 0.229f);
            assertThat(values.get(3 * i + 1)).isEqualTo((level - 0.456f) / 0.224f);
            assertThat(values.get(3 * i + 2)).isEqualTo((level - 0.406f) / 0.225f);
        }
        assertThat(values.hasRemaining()).isFalse();
    }

    @Test
    void augmentedSampleIsMadeOfALargerSliceAndItsSeed() {
        Augmenter augmenter = new Augmenter(AugmentationSettings.standard(), 224);
        PixelRendering rendering = new PixelRendering(dataset, 224, Standardisation.IMAGENET);

        GreySlice slice = rendering.slice(new Sample(image, augmenter, 9));

        assertThat(slice).isEqualTo(augmenter.apply(dataset.slice(image, 256), new SplittableRandom(9)));
        assertThat(rendering.slice(new Sample(image, augmenter, 10))).isNotEqualTo(slice);
    }

    @Test
    void largeTrainingImagesAreNotBlownUpFromSmallerOnes() {
        Augmenter augmenter = new Augmenter(AugmentationSettings.standard(), 448);

        GreySlice slice =
                new PixelRendering(dataset, 448, Standardisation.IMAGENET).slice(new Sample(image, augmenter, 9));

        assertThat(slice).isEqualTo(augmenter.apply(dataset.slice(image, 512), new SplittableRandom(9)));
    }

    @Test
    void deviationsMustBePositiveAndAsManyAsChannels() {
        assertThatIllegalArgumentException().isThrownBy(() -> Standardisation.grey(0.5, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Standardisation.grey(0.5, Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> new Standardisation(List.of(0.5), List.of(0.5)));
    }
}
