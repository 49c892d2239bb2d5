package org.ctstream.imaging.augment;

/** Brightness and contrast as one table of 256 values. */
final class ToneCurve {

    private ToneCurve() {}

    /**
     * Multiplies by the brightness, then moves values from the (brightened) mean by the contrast; rounds and clips to 0
     * to 255 once, at the end.
     */
    static void apply(byte[] pixels, double brightness, double contrast) {
        if (brightness == 1 && contrast == 1) {
            return;
        }
        double mean = mean(pixels) * brightness;
        byte[] curve = new byte[256];
        for (int value = 0; value < 256; value++) {
            double toned = mean + contrast * (value * brightness - mean);
            curve[value] = (byte) Math.min(255, Math.max(0, Math.round(toned)));
        }
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = curve[pixels[i] & 0xFF];
        }
    }

    static double mean(byte[] pixels) {
        long sum = 0;
        for (byte pixel : pixels) {
            sum += pixel & 0xFF;
        }
        return (double) sum / pixels.length;
    }
}
