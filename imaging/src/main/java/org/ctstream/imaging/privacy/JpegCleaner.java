package org.ctstream.imaging.privacy;

import java.io.ByteArrayOutputStream;
import org.ctstream.imaging.bounds.ByteWindow;
import org.ctstream.imaging.bounds.ScanDecodeException;

/**
 * Drops the comments and application segments of a JPEG (Exif, XMP, IPTC, profiles) but the two that say how colours are
 * coded, and whatever follows the end of the image.
 *
 * @see "ITU-T T.81, annex B; T.871 (JFIF)"
 */
final class JpegCleaner {
    private static final byte[] START = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};
    private static final byte[] JFIF = {'J', 'F', 'I', 'F', 0};
    private static final byte[] ADOBE = {'A', 'd', 'o', 'b', 'e'};
    /** A JFIF segment without a thumbnail. */
    private static final int JFIF_BYTES = 16;

    private static final int ADOBE_BYTES = 14;
    private static final int TEM = 0x01;
    private static final int RST_0 = 0xD0;
    private static final int RST_7 = 0xD7;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int START_OF_SCAN = 0xDA;
    private static final int APP_0 = 0xE0;
    private static final int APP_14 = 0xEE;
    private static final int APP_15 = 0xEF;
    private static final int COMMENT = 0xFE;

    private final ByteWindow jpeg;
    private final ByteArrayOutputStream out;

    private JpegCleaner(ByteWindow jpeg) {
        this.jpeg = jpeg;
        this.out = new ByteArrayOutputStream(jpeg.length());
    }

    /** A file that ends too early, or is damaged between segments, ends there. */
    static byte[] clean(ByteWindow jpeg) throws ScanDecodeException {
        var cleaner = new JpegCleaner(jpeg);
        cleaner.run();
        return cleaner.out.toByteArray();
    }

    static boolean recognises(ByteWindow file) {
        return file.matches(0, START);
    }

    private void run() throws ScanDecodeException {
        copy(0, 2);
        long offset = 2;
        while (offset + 1 < jpeg.length() && u8(offset) == 0xFF) {
            int marker = u8(offset + 1);
            if (marker == 0xFF) {
                offset++; // a fill byte
            } else if (marker == END_OF_IMAGE) {
                copy(offset, 2);
                return;
            } else if (marker == TEM || (marker >= RST_0 && marker <= RST_7)) {
                copy(offset, 2);
                offset += 2;
            } else {
                offset = segment(offset, marker);
            }
        }
    }

    /** Copies one segment, or not, and returns where the next marker is; the end of the file if there is none. */
    private long segment(long offset, int marker) throws ScanDecodeException {
        if (offset + 4 > jpeg.length()) {
            return jpeg.length();
        }
        long end = offset + 2 + jpeg.u16be(offset + 2, "JPEG segment");
        if (end < offset + 4 || end > jpeg.length()) {
            return jpeg.length();
        }
        if (isKept(offset, marker, end)) {
            copy(offset, end - offset);
        }
        if (marker != START_OF_SCAN) {
            return end;
        }
        long next = afterEntropyCodedData(end);
        copy(end, next - end);
        return next;
    }

    private boolean isKept(long offset, int marker, long end) {
        long size = end - offset - 2;
        if (marker == APP_0) {
            return size == JFIF_BYTES && jpeg.matches(offset + 4, JFIF);
        }
        if (marker == APP_14) {
            return size == ADOBE_BYTES && jpeg.matches(offset + 4, ADOBE);
        }
        return marker != COMMENT && (marker < APP_0 || marker > APP_15);
    }

    /** The next marker that is neither a stuffed byte nor a restart. */
    private long afterEntropyCodedData(long from) throws ScanDecodeException {
        long offset = from;
        while (offset + 1 < jpeg.length()) {
            if (u8(offset) == 0xFF) {
                int next = u8(offset + 1);
                if (next != 0 && next != 0xFF && (next < RST_0 || next > RST_7)) {
                    return offset;
                }
            }
            offset++;
        }
        return jpeg.length();
    }

    private int u8(long offset) throws ScanDecodeException {
        return jpeg.u8(offset, "JPEG marker");
    }

    private void copy(long offset, long count) throws ScanDecodeException {
        out.writeBytes(jpeg.copy(offset, count, "JPEG segment"));
    }
}
