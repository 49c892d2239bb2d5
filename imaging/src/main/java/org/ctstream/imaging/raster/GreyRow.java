package org.ctstream.imaging.raster;

/** Grey of one row of 8-bit samples that lie pixel by pixel; the arithmetic is {@link Luminance}'s. */
final class GreyRow {

    private GreyRow() {}

    /**
     * @param in the samples
     * @param from the row's first sample
     * @param samples per pixel: 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA
     * @param out gets the grey levels
     * @param to where the row's first level goes
     * @param width pixels of the row
     */
    static void write(byte[] in, int from, int samples, byte[] out, int to, int width) {
        switch (samples) {
            case 1 -> System.arraycopy(in, from, out, to, width);
            case 2 -> {
                for (int i = 0; i < width; i++) {
                    int at = from + 2 * i;
                    out[to + i] = (byte) Luminance.overBlack(in[at] & 0xFF, in[at + 1] & 0xFF, 255);
                }
            }
            case 3 -> {
                for (int i = 0; i < width; i++) {
                    out[to + i] = (byte) luma(in, from + 3 * i);
                }
            }
            case 4 -> {
                for (int i = 0; i < width; i++) {
                    int at = from + 4 * i;
                    out[to + i] = (byte) Luminance.overBlack(luma(in, at), in[at + 3] & 0xFF, 255);
                }
            }
            default -> throw new IllegalArgumentException(samples + " samples per pixel (expected: 1 to 4)");
        }
    }

    private static int luma(byte[] in, int at) {
        return Luminance.of(in[at] & 0xFF, in[at + 1] & 0xFF, in[at + 2] & 0xFF);
    }
}
