package org.ctstream.imaging.augment;

import java.util.Objects;

/**
 * How far training slices may be changed. Immutable.
 *
 * @param crop window of the slice that fills the output
 * @param horizontalFlip probability of left for right
 * @param verticalFlip probability of top for bottom
 * @param rotationDegrees angle about the window's middle, within -180..180, positive clockwise as shown
 * @param brightness factor on every value, within 0..4; 1 changes nothing
 * @param contrast factor on the distance of every value from the slice's mean, within 0..4; 1 changes nothing
 * @param smoothing Gaussian smoothing
 * @param erasing random erasing
 */
public record AugmentationSettings(
        Crop crop,
        double horizontalFlip,
        double verticalFlip,
        Span rotationDegrees,
        Span brightness,
        Span contrast,
        Smoothing smoothing,
        Erasing erasing) {

    private static final Span ASPECT = new Span(0.75, 1.3333);

    private static final AugmentationSettings NONE = new AugmentationSettings(
            Crop.WHOLE, 0, 0, Span.of(0), Span.of(1), Span.of(1), Smoothing.NONE, Erasing.NONE);

    public AugmentationSettings {
        Objects.requireNonNull(crop, "crop");
        Probability.checked("horizontal flip", horizontalFlip);
        Probability.checked("vertical flip", verticalFlip);
        rotationDegrees.within("rotation in degrees", -180, 180);
        brightness.within("brightness", 0, 4);
        contrast.within("contrast", 0, 4);
        Objects.requireNonNull(smoothing, "smoothing");
        Objects.requireNonNull(erasing, "erasing");
    }

    /** Nothing is changed: the pixels that serving sees. */
    public static AugmentationSettings none() {
        return NONE;
    }

    /** The middle 7/8 of each side, nothing random: torchvision's resize to 256 and centre crop of 224. */
    public static AugmentationSettings centreCrop() {
        return NONE.withCrop(new Crop(Span.of(0.875 * 0.875), Span.of(1), true));
    }

    /** Slight changes, for the end of a training or as the gentle view of a pair. */
    public static AugmentationSettings weak() {
        return NONE.withCrop(new Crop(new Span(0.8, 1), new Span(0.9, 1.1111), false))
                .withFlips(0.5, 0)
                .withRotation(Span.around(0, 5))
                .withTone(new Span(0.9, 1.1), new Span(0.9, 1.1));
    }

    /** The recipe's changes: crop of half the area or more, both flips at 0.7, ±15°, tone ±20 %, some smoothing. */
    public static AugmentationSettings standard() {
        return NONE.withCrop(new Crop(new Span(0.5, 1), ASPECT, false))
                .withFlips(0.7, 0.7)
                .withRotation(Span.around(0, 15))
                .withTone(new Span(0.8, 1.2), new Span(0.8, 1.2))
                .withSmoothing(new Smoothing(0.3, new Span(0.3, 1)));
    }

    /** Changes for the positives of contrastive training: the same slice, as far off as a reader would still accept. */
    public static AugmentationSettings strong() {
        return NONE.withCrop(new Crop(new Span(0.25, 1), ASPECT, false))
                .withFlips(0.7, 0.7)
                .withRotation(Span.around(0, 30))
                .withTone(new Span(0.6, 1.4), new Span(0.6, 1.4))
                .withSmoothing(new Smoothing(0.5, new Span(0.3, 2)))
                .withErasing(new Erasing(0.3, new Span(0.02, 0.15), Erasing.Fill.MEAN));
    }

    /**
     * Reads settings from text: a name (none, centre-crop, weak, standard, strong), or items as {@link #describe} writes
     * them, or a name followed by the items that differ, as in {@code standard,rotate=-10..10,erase=0.2}. Items not
     * given keep the value of the name, or of none.
     *
     * @throws IllegalArgumentException naming the item that cannot be read and what is known
     */
    public static AugmentationSettings parse(String text) {
        return SettingsText.parse(text);
    }

    /** One line that {@link #parse} reads back as equal settings; stable, for the records of a run. */
    public String describe() {
        return SettingsText.describe(this);
    }

    public AugmentationSettings withCrop(Crop other) {
        return new AugmentationSettings(
                other, horizontalFlip, verticalFlip, rotationDegrees, brightness, contrast, smoothing, erasing);
    }

    public AugmentationSettings withFlips(double horizontal, double vertical) {
        return new AugmentationSettings(
                crop, horizontal, vertical, rotationDegrees, brightness, contrast, smoothing, erasing);
    }

    public AugmentationSettings withRotation(Span degrees) {
        return new AugmentationSettings(
                crop, horizontalFlip, verticalFlip, degrees, brightness, contrast, smoothing, erasing);
    }

    public AugmentationSettings withTone(Span brightnessFactor, Span contrastFactor) {
        return new AugmentationSettings(
                crop,
                horizontalFlip,
                verticalFlip,
                rotationDegrees,
                brightnessFactor,
                contrastFactor,
                smoothing,
                erasing);
    }

    public AugmentationSettings withSmoothing(Smoothing other) {
        return new AugmentationSettings(
                crop, horizontalFlip, verticalFlip, rotationDegrees, brightness, contrast, other, erasing);
    }

    public AugmentationSettings withErasing(Erasing other) {
        return new AugmentationSettings(
                crop, horizontalFlip, verticalFlip, rotationDegrees, brightness, contrast, smoothing, other);
    }
}
