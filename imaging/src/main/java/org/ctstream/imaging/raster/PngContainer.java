package org.ctstream.imaging.raster;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.CRC32;
import org.ctstream.imaging.bounds.ByteWindow;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.bounds.ScanDecodeException.Reason;

/**
 * The chunk structure of a PNG, walked before any codec sees it.
 *
 * <p>Geometry is checked against the limits, every kept chunk's CRC is verified and the closing IEND must be there, so
 * that a truncated file is an error and not a half-grey image. Only the chunks that pixels depend on are kept: text,
 * colour profiles and other ancillary chunks, which may be compressed bombs, never reach the codec. Bytes after IEND are
 * ignored.
 *
 * @see "PNG Specification (W3C, third edition), 5 Datastream structure"
 */
final class PngContainer {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final Set<String> KEPT = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");
    private static final String REMEDY = "send the whole file again or export it as PNG once more";

    private PngContainer() {}

    static boolean startsAs(ByteWindow window) {
        return window.matches(0, SIGNATURE);
    }

    /** The same image with nothing but its pixel-bearing chunks. */
    static byte[] checkedPixelChunks(ByteWindow png, DecodeLimits limits) throws ScanDecodeException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream(png.length());
        kept.writeBytes(SIGNATURE);
        long offset = SIGNATURE.length;
        String previous = "";
        boolean data = false;
        while (!previous.equals("IEND")) {
            long length = png.u32be(offset, "PNG chunk length");
            String type = png.text(offset + 4, 4, "PNG chunk type");
            checkOrder(previous, type, data);
            png.require(offset + 8, length + 4, "PNG " + printable(type));
            if (type.equals("IHDR")) {
                checkHeader(png, offset + 8, length, limits);
            }
            if (KEPT.contains(type)) {
                checkCrc(png, offset, length, type);
                kept.write(png.array(), png.arrayOffset() + (int) offset, (int) length + 12);
            }
            data |= type.equals("IDAT");
            offset += length + 12;
            previous = type;
        }
        return kept.toByteArray();
    }

    private static void checkOrder(String previous, String type, boolean data) throws ScanDecodeException {
        boolean first = previous.isEmpty();
        if (first != type.equals("IHDR")) {
            throw corrupt("IHDR", first ? "the first chunk is " + printable(type) : "the chunk appears twice");
        }
        if (type.equals("IEND") && !data) {
            throw corrupt("IDAT", "the file has no image data");
        }
    }

    private static void checkHeader(ByteWindow png, long offset, long length, DecodeLimits limits)
            throws ScanDecodeException {
        if (length != 13) {
            throw corrupt("IHDR", "the chunk has " + length + " bytes (expected: 13)");
        }
        limits.checkGeometry("PNG", png.u32be(offset, "PNG IHDR"), png.u32be(offset + 4, "PNG IHDR"));
    }

    private static void checkCrc(ByteWindow png, long offset, long length, String type) throws ScanDecodeException {
        CRC32 crc = new CRC32();
        crc.update(png.array(), png.arrayOffset() + (int) offset + 4, (int) length + 4);
        if (crc.getValue() != png.u32be(offset + 8 + length, "PNG " + type)) {
            throw corrupt(type, "the checksum does not match the chunk's bytes");
        }
    }

    private static String printable(String type) {
        return StandardCharsets.US_ASCII.newEncoder().canEncode(type)
                        && type.chars().allMatch(Character::isLetter)
                ? type
                : "(not a chunk name)";
    }

    private static ScanDecodeException corrupt(String chunk, String detail) {
        return new ScanDecodeException(Reason.CORRUPT, "PNG " + chunk, detail, REMEDY);
    }
}
