package org.ctstream.imaging.slice;

/**
 * Brings a slice of any size to the network's geometry: 224 × 224, 8-bit grey.
 *
 * <p>The slice is stretched to the square, its aspect ratio not kept, as the published recipe's resize does. The filter
 * is the triangle with its support scaled by the reduction, which is Pillow's {@code resize((224, 224), BILINEAR)} with
 * its fixed-point rounding, rows before columns: the same bytes as Pillow 11.3.0, pinned by a test. (Pillow 13 does the
 * columns of tall images first, which moves some pixels by one grey level.) Training and serving must both go through
 * this class, since different resizers give different pixels.
 *
 * <p>Thread-safe; the filter weights of recently seen sizes are kept.
 */
public final class SliceNormalizer {

    /** Height and width of a normalised slice, in pixels. */
    public static final int SIDE = 224;

    /**
     * Names the way from encoded bytes to normalised slice. It changes whenever the pixels that come out for the same
     * bytes change (window, luminance, filter, side), so that results of different ways are told apart.
     */
    public static final String PREPROCESSING_VERSION = "grey224-lung1500-triangle-1";

    private final TriangleResampler resampler = new TriangleResampler();

    /**
     * Stretches a slice to 224 × 224; a slice of that size is returned as it is.
     *
     * @param slice any geometry
     * @return 224 × 224, values 0 to 255
     */
    public GreySlice normalize(GreySlice slice) {
        return normalize(slice, SIDE);
    }

    /**
     * Stretches a slice to another square with the same filter, for training at a size of its own; a slice of that size
     * is returned as it is.
     *
     * @param slice any geometry
     * @param side height and width of the result, at least 1
     * @return side × side, values 0 to 255
     */
    public GreySlice normalize(GreySlice slice, int side) {
        if (side < 1) {
            throw new IllegalArgumentException("side " + side + " of a normalised slice (expected: at least 1)");
        }
        return resampler.resample(slice, side, side);
    }
}
