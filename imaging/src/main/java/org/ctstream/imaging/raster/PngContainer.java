package org.ctstream.imaging.raster;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
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

    /** Of a chunk's length, type and CRC. */
    private static final int FRAME_BYTES = 12;

    private final ByteWindow png;
    private PngHeader header = PngHeader.ABSENT;
    private boolean palette;
    private boolean transparency;

    private PngContainer(ByteWindow png) {
        this.png = png;
    }

    static boolean startsAs(ByteWindow window) {
        return window.matches(0, SIGNATURE);
    }

    /**
     * Walks the whole file.
     *
     * @throws ScanDecodeException if the file is cut off, damaged or over the limits
     */
    static PngContainer check(ByteWindow png, DecodeLimits limits) throws ScanDecodeException {
        PngContainer container = new PngContainer(png);
        container.walk(limits);
        return container;
    }

    PngHeader header() {
        return header;
    }

    /** Whether the image data is all that pixels depend on: no palette, no transparent colour. */
    boolean isDataAlone() {
        return !palette && !transparency;
    }

    /** The same image with nothing but its pixel-bearing chunks. */
    byte[] pixelChunks() throws ScanDecodeException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream(png.length());
        kept.writeBytes(SIGNATURE);
        String type = "";
        for (long offset = SIGNATURE.length; !type.equals("IEND"); offset += length(offset) + FRAME_BYTES) {
            type = type(offset);
            if (KEPT.contains(type)) {
                kept.write(png.array(), png.arrayOffset() + (int) offset, (int) length(offset) + FRAME_BYTES);
            }
        }
        return kept.toByteArray();
    }

    /** The contents of the image data's chunks, in order; nothing is copied. */
    ImageData imageData() {
        return new ImageData();
    }

    private void walk(DecodeLimits limits) throws ScanDecodeException {
        long offset = SIGNATURE.length;
        String previous = "";
        boolean data = false;
        while (!previous.equals("IEND")) {
            long length = length(offset);
            String type = type(offset);
            checkOrder(previous, type, data);
            png.require(offset + 8, length + 4, "PNG " + printable(type));
            if (type.equals("IHDR")) {
                header = header(offset + 8, length, limits);
            }
            if (KEPT.contains(type)) {
                checkCrc(offset, length, type);
            }
            data |= type.equals("IDAT");
            palette |= type.equals("PLTE");
            transparency |= type.equals("tRNS");
            offset += length + FRAME_BYTES;
            previous = type;
        }
    }

    private long length(long offset) throws ScanDecodeException {
        return png.u32be(offset, "PNG chunk length");
    }

    private String type(long offset) throws ScanDecodeException {
        return png.text(offset + 4, 4, "PNG chunk type");
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

    private PngHeader header(long offset, long length, DecodeLimits limits) throws ScanDecodeException {
        if (length != PngHeader.BYTES) {
            throw corrupt("IHDR", "the chunk has " + length + " bytes (expected: " + PngHeader.BYTES + ")");
        }
        limits.checkGeometry("PNG", png.u32be(offset, "PNG IHDR"), png.u32be(offset + 4, "PNG IHDR"));
        return PngHeader.read(png, offset);
    }

    private void checkCrc(long offset, long length, String type) throws ScanDecodeException {
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

    /** Goes once through the image data; for one thread. */
    final class ImageData {

        private long next = SIGNATURE.length;

        /**
         * Gives the inflater the next chunk's bytes.
         *
         * @return false if there is no more
         */
        boolean feed(Inflater inflater) throws ScanDecodeException {
            while (true) {
                long offset = next;
                String type = type(offset);
                if (type.equals("IEND")) {
                    return false;
                }
                int length = (int) length(offset);
                next = offset + length + FRAME_BYTES;
                if (type.equals("IDAT")) {
                    inflater.setInput(png.array(), png.arrayOffset() + (int) offset + 8, length);
                    return true;
                }
            }
        }
    }
}
