package org.ctstream.imaging.privacy;

import java.io.ByteArrayOutputStream;
import java.util.Set;
import org.ctstream.imaging.bounds.ByteWindow;
import org.ctstream.imaging.bounds.ScanDecodeException;

/**
 * Drops every chunk of a PNG that its pixels do not need: texts, times, Exif, profiles, what others define, and whatever
 * follows the end.
 *
 * @see "PNG Specification, Third Edition, 5.6 and 11"
 */
final class PngCleaner {
    static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private static final Set<String> KEPT =
            Set.of("IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "sBIT", "pHYs");
    private static final int FRAME = 12;

    private PngCleaner() {}

    /** A file that ends too early stays one that does, without what is dropped. */
    static byte[] clean(ByteWindow png) throws ScanDecodeException {
        var out = new ByteArrayOutputStream(png.length());
        out.writeBytes(SIGNATURE);
        long offset = SIGNATURE.length;
        while (offset + FRAME - 4 <= png.length()) {
            long size = png.u32be(offset, "PNG chunk") + FRAME;
            String type = png.text(offset + 4, 4, "PNG chunk");
            if (KEPT.contains(type)) {
                out.writeBytes(png.copy(offset, Math.min(size, png.length() - offset), "PNG chunk"));
            }
            if (type.equals("IEND")) {
                break;
            }
            offset += size;
        }
        return out.toByteArray();
    }

    static boolean recognises(ByteWindow file) {
        return file.matches(0, SIGNATURE);
    }
}
