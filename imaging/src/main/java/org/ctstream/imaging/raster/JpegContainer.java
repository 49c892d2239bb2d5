package org.ctstream.imaging.raster;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Set;
import javax.imageio.ImageReadParam;
import org.ctstream.imaging.bounds.ByteWindow;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.bounds.ScanDecodeException.Reason;

/**
 * The marker structure of a JPEG, walked before any codec sees it.
 *
 * <p>Geometry is checked against the limits, the number of scans is bounded (each scan of a progressive file costs a pass
 * over the whole image, so thousands of empty ones are a bomb), and the closing EOI must be there. Only the segments that
 * pixels depend on are kept: Exif, colour profiles, thumbnails and comments never reach the codec. Bytes after EOI are
 * ignored.
 *
 * @see "ITU-T T.81, B.2 General sequential and progressive syntax"
 */
final class JpegContainer {

    /**
     * Encoders write about ten scans. The codec reports no progress within a progressive file, so this bound, and not
     * the deadline, is what ends a bomb in time: 100 scans of 4096 × 4096 pixels took 9 s on two busy cores.
     */
    private static final int MAX_SCANS = 50;

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int DHT = 0xC4;
    private static final int DQT = 0xDB;
    private static final int DRI = 0xDD;
    /** Beside the frame. What else there is (FFC8, reserved for extensions) the codec takes for a frame of its own. */
    private static final Set<Integer> KEPT = Set.of(DHT, DQT, DRI, SOS);

    private static final int APP0 = 0xE0;
    private static final int APP14 = 0xEE;
    private static final byte[] START = {(byte) 0xFF, (byte) SOI, (byte) 0xFF};
    private static final byte[] JFIF = "JFIF\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ADOBE = "Adobe".getBytes(StandardCharsets.US_ASCII);
    private static final int JFIF_BYTES = 14;
    private static final int ADOBE_BYTES = 12;

    private final ByteWindow jpeg;
    private final DecodeLimits limits;
    private final ByteArrayOutputStream kept;
    private int scans;
    private int components;
    private int width;
    private int height;
    private int adobeTransform = -1;

    private JpegContainer(ByteWindow jpeg, DecodeLimits limits) {
        this.jpeg = jpeg;
        this.limits = limits;
        this.kept = new ByteArrayOutputStream(jpeg.length());
    }

    static boolean startsAs(ByteWindow window) {
        return window.matches(0, START);
    }

    /**
     * Walks the whole file.
     *
     * @throws ScanDecodeException if the file is cut off, contradicts itself, is over the limits or is of a process that
     *     the codec does not decode
     */
    static JpegContainer check(ByteWindow jpeg, DecodeLimits limits) throws ScanDecodeException {
        JpegContainer container = new JpegContainer(jpeg, limits);
        container.walk();
        return container;
    }

    /** The same image with nothing but its pixel-bearing segments. */
    byte[] pixelSegments() {
        return kept.toByteArray();
    }

    /** 1 grey, 3 colour, 4 CMYK. */
    int components() {
        return components;
    }

    /**
     * Where the codec is to put the pixels. Colour goes pixel by pixel in the order of the codec's own rows, which it then
     * copies as they are; ImageIO's default image has the order turned round, and every sample is moved by itself.
     */
    ImageReadParam destination() {
        ImageReadParam param = new ImageReadParam();
        if (components == 3) {
            param.setDestination(InterleavedBytes.rgb(width, height));
        }
        return param;
    }

    /** The Adobe segment's colour transform: 0 none, 1 YCbCr, 2 YCCK; -1 without such a segment. */
    int adobeTransform() {
        return adobeTransform;
    }

    private void walk() throws ScanDecodeException {
        keep(0, 2);
        long offset = 2;
        int marker = 0;
        while (marker != EOI) {
            offset = markerAt(offset);
            marker = jpeg.u8(offset, "JPEG marker");
            offset = marker == EOI ? offset + 1 : segment(marker, offset + 1);
        }
        if (scans == 0) {
            throw corrupt("SOS", "the file has no image data");
        }
        kept.write(0xFF);
        kept.write(EOI);
    }

    /** Skips fill bytes; the offset of the marker's second byte. */
    private long markerAt(long offset) throws ScanDecodeException {
        long at = offset;
        if (jpeg.u8(at, "JPEG marker (no end-of-image marker FFD9)") != 0xFF) {
            throw corrupt("marker", "no marker where one must stand, at offset " + at);
        }
        while (jpeg.u8(at, "JPEG marker (no end-of-image marker FFD9)") == 0xFF) {
            at++;
        }
        return at;
    }

    /** Handles one segment whose parameters start at the offset; returns where the next marker is looked for. */
    private long segment(int marker, long offset) throws ScanDecodeException {
        if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7)) {
            return offset;
        }
        if (marker == 0x00 || marker == SOI) {
            throw corrupt("marker", "marker FF%02X inside the image, at offset %d".formatted(marker, offset));
        }
        String name = "JPEG segment FF" + HEX.toHexDigits((byte) marker);
        int length = jpeg.u16be(offset, name);
        if (length < 2) {
            throw corrupt("segment FF%02X".formatted(marker), "declared length " + length + " (expected: 2 or more)");
        }
        jpeg.require(offset, length, name);
        if (isFrame(marker)) {
            frame(marker, offset + 2);
        }
        keepIfPixelsDependOn(marker, offset, length);
        return marker == SOS ? scan(offset, length) : offset + length;
    }

    private void keepIfPixelsDependOn(int marker, long offset, int length) throws ScanDecodeException {
        if (marker == APP0 && length >= JFIF_BYTES + 2 && jpeg.matches(offset + 2, JFIF)) {
            writeSegment(marker, jpeg.copy(offset + 2, JFIF_BYTES - 2, "JPEG JFIF header"), 2);
        } else if (marker == APP14 && length >= ADOBE_BYTES + 2 && jpeg.matches(offset + 2, ADOBE)) {
            adobeTransform = jpeg.u8(offset + 2 + 11, "JPEG Adobe transform");
            writeSegment(marker, jpeg.copy(offset + 2, ADOBE_BYTES, "JPEG Adobe segment"), 0);
        } else if (isFrame(marker) || KEPT.contains(marker)) {
            keep(offset - 2, length + 2);
        }
    }

    /** A segment with some zero bytes at its end: a JFIF header says 0 × 0 for the thumbnail that is left out. */
    private void writeSegment(int marker, byte[] parameters, int zeros) {
        int length = parameters.length + zeros + 2;
        kept.write(0xFF);
        kept.write(marker);
        kept.write(length >> 8);
        kept.write(length);
        kept.writeBytes(parameters);
        kept.writeBytes(new byte[zeros]);
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private void frame(int marker, long offset) throws ScanDecodeException {
        if (components != 0) {
            throw corrupt("SOF", "the frame header appears twice");
        }
        int precision = jpeg.u8(offset, "JPEG SOF");
        width = jpeg.u16be(offset + 3, "JPEG SOF");
        height = jpeg.u16be(offset + 1, "JPEG SOF");
        limits.checkGeometry("JPEG", width, height);
        components = jpeg.u8(offset + 5, "JPEG SOF");
        if (marker > 0xC2 || precision != 8 || (components != 1 && components != 3 && components != 4)) {
            throw new ScanDecodeException(
                    Reason.UNSUPPORTED_LAYOUT,
                    "JPEG SOF",
                    "process FF%02X with %d bits and %d components (expected: baseline, extended or progressive Huffman"
                                    .formatted(marker, precision, components)
                            + " coding with 8 bits and 1, 3 or 4 components)",
                    "export the scan as baseline JPEG, PNG or uncompressed DICOM");
        }
    }

    /** Entropy-coded data: runs to the next marker that is neither a stuffed zero nor a restart. */
    private long scan(long offset, int length) throws ScanDecodeException {
        if (components == 0) {
            throw corrupt("SOS", "image data before the frame header");
        }
        scans++;
        if (scans > MAX_SCANS) {
            throw new ScanDecodeException(
                    Reason.TOO_LARGE,
                    "JPEG SOS",
                    "more than " + MAX_SCANS + " scans",
                    "export the scan as baseline JPEG or PNG");
        }
        byte[] bytes = jpeg.array();
        int begin = jpeg.arrayOffset() + (int) offset + length;
        int end = jpeg.arrayOffset() + jpeg.length();
        int at = begin;
        while (at + 1 < end && !(bytes[at] == (byte) 0xFF && endsScan(bytes[at + 1] & 0xFF))) {
            at++;
        }
        if (at + 1 >= end) {
            throw new ScanDecodeException(
                    Reason.TRUNCATED,
                    "JPEG image data",
                    "the file ends inside scan " + scans + " without an end-of-image marker (FFD9)",
                    "send the whole file again; it was cut off");
        }
        kept.write(bytes, begin, at - begin);
        return (long) at - jpeg.arrayOffset();
    }

    private static boolean endsScan(int second) {
        return second != 0x00 && second != 0xFF && (second < 0xD0 || second > 0xD7);
    }

    private void keep(long offset, long count) throws ScanDecodeException {
        jpeg.require(offset, count, "JPEG segment");
        kept.write(jpeg.array(), jpeg.arrayOffset() + (int) offset, (int) count);
    }

    private static ScanDecodeException corrupt(String where, String detail) {
        return new ScanDecodeException(
                Reason.CORRUPT, "JPEG " + where, detail, "send the whole file again or export it as JPEG once more");
    }
}
