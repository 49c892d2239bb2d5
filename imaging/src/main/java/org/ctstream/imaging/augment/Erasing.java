package org.ctstream.imaging.augment;

/**
 * Random erasing: one rectangle of some of the slices is painted over, so that no single spot decides.
 *
 * @param probability part of the slices that loses a rectangle
 * @param area rectangle's part of the output, within 0.001..0.9; its aspect ratio is drawn from 0.3 to 3.3
 * @param fill what is painted
 * @see "Zhong et al., Random Erasing Data Augmentation, AAAI 2020"
 */
public record Erasing(double probability, Span area, Fill fill) {

    public static final Erasing NONE = new Erasing(0, new Span(0.02, 0.2), Fill.MEAN);

    public Erasing {
        Probability.checked("erasing probability", probability);
        area.within("erasing area", 0.001, 0.9);
    }

    /** What an erased rectangle shows. */
    public enum Fill {
        /** The mean of the slice: close to nothing after standardisation. */
        MEAN,
        /** Even noise, 0 to 255. */
        NOISE
    }
}
