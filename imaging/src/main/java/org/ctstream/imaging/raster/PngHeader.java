package org.ctstream.imaging.raster;

import org.ctstream.imaging.bounds.ByteWindow;
import org.ctstream.imaging.bounds.ScanDecodeException;

/**
 * What a PNG says of its image; numbers as they stand there, checked by nobody but where it is said.
 *
 * @param width columns, within the limits
 * @param height rows, within the limits
 * @param bits per sample
 * @param colourType 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGBA
 * @param otherMethods the numbers of the compression, filter and interlace methods, or-ed: 0 if all are the usual ones
 * @see "PNG Specification (W3C, third edition), 11.2.1 IHDR"
 */
record PngHeader(int width, int height, int bits, int colourType, int otherMethods) {

    /** Bytes of the chunk's content. */
    static final int BYTES = 13;

    static final PngHeader ABSENT = new PngHeader(0, 0, 0, 0, 0);

    /** @param offset where the chunk's content begins */
    static PngHeader read(ByteWindow png, long offset) throws ScanDecodeException {
        String field = "PNG IHDR";
        return new PngHeader(
                png.s32be(offset, field),
                png.s32be(offset + 4, field),
                png.u8(offset + 8, field),
                png.u8(offset + 9, field),
                png.u8(offset + 10, field) | png.u8(offset + 11, field) | png.u8(offset + 12, field));
    }

    /** Samples per pixel of an image that is 8 bits deep, not interlaced and without palette; 0 for every other image. */
    int plainSamples() {
        if (bits != 8 || otherMethods != 0) {
            return 0;
        }
        return switch (colourType) {
            case 0 -> 1;
            case 2 -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> 0;
        };
    }
}
