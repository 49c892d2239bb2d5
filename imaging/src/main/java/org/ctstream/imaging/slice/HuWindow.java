package org.ctstream.imaging.slice;

/**
 * A linear window: which values become black, which white, and the straight line between. Values are Hounsfield units
 * for CT, else whatever the modality LUT gives.
 *
 * @param center window center
 * @param width window width, at least 1
 * @see "DICOM PS3.3 C.11.2.1.2.1, Default LINEAR Function"
 */
public record HuWindow(double center, double width) {

    /** The lung window, center −600 HU, width 1500 HU: −1350 HU and less is 0, 150 HU and more is 255. */
    public static final HuWindow LUNG = new HuWindow(-600, 1500);

    public HuWindow {
        if (!(width >= 1) || Double.isInfinite(width) || Double.isNaN(center) || Double.isInfinite(center)) {
            throw new IllegalArgumentException(
                    "window center " + center + ", width " + width + " (expected: finite numbers, width at least 1)");
        }
    }

    /** The grey level of a value, 0 to 255, rounded half up. */
    public int grey(double value) {
        double halfSpan = (width - 1) / 2;
        if (value <= center - 0.5 - halfSpan) {
            return 0;
        }
        if (value > center - 0.5 + halfSpan) {
            return 255;
        }
        return (int) (((value - (center - 0.5)) / (width - 1) + 0.5) * 255 + 0.5);
    }
}
