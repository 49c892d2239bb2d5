package org.ctstream.imaging.raster;

import org.ctstream.imaging.bounds.ByteWindow;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.bounds.ScanDecodeException.Reason;

/**
 * The header of a BMP, checked before the codec sees it: geometry against the limits, the amount of pixel data of
 * uncompressed images against the bytes there are, and no reference to a colour profile in another file.
 *
 * @see "Windows GDI, BITMAPFILEHEADER, BITMAPINFOHEADER and BITMAPV5HEADER"
 */
final class BmpHeader {

    private static final byte[] SIGNATURE = {'B', 'M'};
    private static final int FILE_HEADER = 14;
    private static final int CORE_HEADER = 12;
    private static final int INFO_HEADER = 40;
    private static final int V5_HEADER = 124;
    private static final int BITFIELDS = 3;
    private static final long PROFILE_LINKED = 0x4C494E4BL;

    private BmpHeader() {}

    static boolean startsAs(ByteWindow window) {
        return window.matches(0, SIGNATURE) && window.length() > FILE_HEADER + CORE_HEADER;
    }

    static void check(ByteWindow bmp, DecodeLimits limits) throws ScanDecodeException {
        long header = bmp.u32le(FILE_HEADER, "BMP header");
        if (header == CORE_HEADER) {
            int width = bmp.u16le(18, "BMP header");
            int height = bmp.u16le(20, "BMP header");
            limits.checkGeometry("BMP", width, height);
            checkData(bmp, width, height, bmp.u16le(24, "BMP header"));
            return;
        }
        if (header < INFO_HEADER || header > V5_HEADER) {
            throw unsupported("header of " + header + " bytes (expected: 12 or 40 to 124)");
        }
        bmp.require(FILE_HEADER, header, "BMP header");
        int width = bmp.s32le(18, "BMP header");
        // A negative height means that the top row comes first.
        long height = Math.abs((long) bmp.s32le(22, "BMP header"));
        limits.checkGeometry("BMP", width, height);
        long compression = bmp.u32le(30, "BMP header");
        if (compression > BITFIELDS) {
            throw unsupported("compression " + compression + " (expected: none, RLE8, RLE4 or bit fields)");
        }
        if (header == V5_HEADER && bmp.u32le(FILE_HEADER + 56, "BMP header") == PROFILE_LINKED) {
            throw unsupported("the image refers to a colour profile in another file");
        }
        if (bmp.u32le(46, "BMP header") > 256) {
            throw unsupported("a palette of more than 256 colours");
        }
        if (compression == 0 || compression == BITFIELDS) {
            checkData(bmp, width, height, bmp.u16le(28, "BMP header"));
        }
    }

    private static void checkData(ByteWindow bmp, long width, long height, int bitsPerPixel)
            throws ScanDecodeException {
        long rowBytes = (width * bitsPerPixel + 31) / 32 * 4;
        bmp.require(bmp.u32le(10, "BMP header"), rowBytes * height, "BMP pixel data");
    }

    private static ScanDecodeException unsupported(String detail) {
        return new ScanDecodeException(
                Reason.UNSUPPORTED_LAYOUT, "BMP header", detail, "export the slice as PNG or uncompressed 8-bit BMP");
    }
}
