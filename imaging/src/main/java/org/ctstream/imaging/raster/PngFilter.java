package org.ctstream.imaging.raster;

import java.util.zip.DataFormatException;

/**
 * Undoes the filter of one PNG row in place. Bytes are taken modulo 256; outside the image they are 0.
 *
 * @see "PNG Specification (W3C, third edition), 9.2 Filter types for filter method 0"
 */
final class PngFilter {

    private PngFilter() {}

    /**
     * @param filter the row's filter byte
     * @param bytes holds the row and, unfiltered, the one above it
     * @param at where the row's samples begin
     * @param length bytes of the row, a multiple of the step
     * @param step bytes of a pixel, 1 to 4
     * @param above how much earlier the row above begins
     * @throws DataFormatException if there is no such filter
     */
    static void undo(int filter, byte[] bytes, int at, int length, int step, int above) throws DataFormatException {
        int end = at + length;
        switch (filter) {
            case 0 -> {}
            case 1 -> {
                for (int i = at + step; i < end; i++) {
                    bytes[i] += bytes[i - step];
                }
            }
            case 2 -> {
                for (int i = at; i < end; i++) {
                    bytes[i] += bytes[i - above];
                }
            }
            case 3 -> average(bytes, at, end, step, above);
            case 4 -> paeth(bytes, at, end, step, above);
            default -> throw new DataFormatException("unknown row filter " + (filter & 0xFF));
        }
    }

    private static void average(byte[] bytes, int at, int end, int step, int above) {
        for (int i = at; i < at + step; i++) {
            bytes[i] += (byte) ((bytes[i - above] & 0xFF) >> 1);
        }
        for (int i = at + step; i < end; i++) {
            bytes[i] += (byte) (((bytes[i - step] & 0xFF) + (bytes[i - above] & 0xFF)) >> 1);
        }
    }

    private static void paeth(byte[] bytes, int at, int end, int step, int above) {
        for (int channel = at; channel < at + step; channel++) {
            int left = 0;
            int upperLeft = 0;
            for (int i = channel; i < end; i += step) {
                int upper = bytes[i - above] & 0xFF;
                left = (bytes[i] + predictor(left, upper, upperLeft)) & 0xFF;
                bytes[i] = (byte) left;
                upperLeft = upper;
            }
        }
    }

    /**
     * The one of the three nearest to left + upper - upperLeft; ties in that order. Asked in another way than the standard
     * does, with the same answers: where three times upperLeft, less the other two, lies beyond the larger of them, the
     * smaller is nearest, and the other way round; between the two upperLeft is. That takes no guesses of the processor.
     */
    static int predictor(int left, int upper, int upperLeft) {
        int beyond = 3 * upperLeft - (left + upper);
        int smaller = Math.min(left, upper);
        int larger = Math.max(left, upper);
        int notLow = larger <= beyond ? smaller : upperLeft;
        return beyond <= smaller ? larger : notLow;
    }
}
