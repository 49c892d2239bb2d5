package org.ctstream.imaging.augment;

import java.util.Objects;
import java.util.SplittableRandom;
import org.ctstream.imaging.slice.GreySlice;
import org.ctstream.imaging.slice.SliceNormalizer;

/**
 * Makes a randomly changed copy of a slice, at the size the network is trained with.
 *
 * <p>Crop, stretch, flips and rotation are one resampling; then smoothing, brightness and contrast, and erasing. Where
 * nothing but flips is drawn the pixels are those of {@link SliceNormalizer}, as in serving, at most mirrored.
 *
 * <p>The same slice, settings and state of the generator give the same bytes on every machine.
 *
 * <p>Thread-safe, if each call brings a generator that no other call uses meanwhile.
 */
public final class Augmenter {

    private static final int LARGEST_SIDE = 4096;

    private final AugmentationSettings settings;
    private final int side;
    private final SliceNormalizer normalizer = new SliceNormalizer();

    /**
     * @param settings how far slices may be changed
     * @param side height and width of the copies, 1 to 4096
     */
    public Augmenter(AugmentationSettings settings, int side) {
        if (side < 1 || side > LARGEST_SIDE) {
            throw new IllegalArgumentException(
                    "side " + side + " of augmented slices (expected: 1 to " + LARGEST_SIDE + ")");
        }
        this.settings = Objects.requireNonNull(settings, "settings");
        this.side = side;
    }

    public AugmentationSettings settings() {
        return settings;
    }

    /** Height and width of the copies, in pixels. */
    public int side() {
        return side;
    }

    /**
     * A changed copy.
     *
     * @param slice any geometry; not written to
     * @param random moved on by the draws
     * @return side × side, values 0 to 255
     */
    public GreySlice apply(GreySlice slice, SplittableRandom random) {
        Placement placement = Placement.draw(settings, random);
        boolean smoothed = Probability.happens(settings.smoothing().probability(), random);
        double sigma = settings.smoothing().sigmaPixels().draw(random);
        double brightness = settings.brightness().draw(random);
        double contrast = settings.contrast().draw(random);
        boolean erased = Probability.happens(settings.erasing().probability(), random);

        byte[] pixels = placed(slice, placement);
        if (smoothed) {
            GaussianSmoother.apply(pixels, side, sigma);
        }
        ToneCurve.apply(pixels, brightness, contrast);
        if (erased) {
            Eraser.apply(pixels, side, settings.erasing(), random);
        }
        return new GreySlice(side, side, pixels);
    }

    private byte[] placed(GreySlice slice, Placement placement) {
        if (!placement.isWhole()) {
            return AffineSampler.sample(slice, placement.mapOnto(slice.height(), slice.width(), side), side);
        }
        byte[] whole = normalizer.normalize(slice, side).pixels();
        return Mirror.copy(whole, side, placement.mirrored(), placement.upended());
    }
}
