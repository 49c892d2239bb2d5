package org.ctstream.imaging.augment;

/**
 * Gaussian smoothing of some of the slices, as other reconstruction kernels and JPEG do.
 *
 * @param probability part of the slices that is smoothed
 * @param sigmaPixels standard deviation in pixels of the output, within 0..16
 */
public record Smoothing(double probability, Span sigmaPixels) {

    public static final Smoothing NONE = new Smoothing(0, Span.of(0));

    public Smoothing {
        Probability.checked("smoothing probability", probability);
        sigmaPixels.within("smoothing sigma in pixels", 0, 16);
    }
}
