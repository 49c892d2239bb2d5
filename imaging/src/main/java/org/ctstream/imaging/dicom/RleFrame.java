package org.ctstream.imaging.dicom;

import java.util.Arrays;
import org.ctstream.imaging.bounds.ByteWindow;
import org.ctstream.imaging.bounds.ScanDecodeException;

/**
 * Unpacks a frame of RLE Lossless: one run-length coded segment per byte of a sample, most significant byte first.
 *
 * @see "DICOM PS3.5 G, Encapsulated RLE Compressed Images"
 */
final class RleFrame {

    private static final String FIELD = DicomTag.PixelData.display();
    private static final int HEADER_BYTES = 64;

    private RleFrame() {}

    /** The planes one after the other, each as many bytes as the image has pixels. */
    static byte[] planes(ByteWindow frame, PixelLayout layout) throws ScanDecodeException {
        int planes = layout.photometric().samples * (layout.bitsAllocated() / 8);
        long segments = frame.u32le(0, FIELD);
        if (segments != planes) {
            throw DicomDataSet.corrupt(
                    DicomTag.PixelData, "%d RLE segments (expected: %d)".formatted(segments, planes));
        }
        frame.require(0, HEADER_BYTES, FIELD);
        byte[] unpacked = new byte[layout.frameBytes()];
        for (int plane = 0; plane < planes; plane++) {
            long begin = frame.u32le(4L + 4L * plane, FIELD);
            long end = plane + 1 < planes ? frame.u32le(8L + 4L * plane, FIELD) : frame.length();
            ByteWindow segment = frame.slice(begin, end - begin, FIELD);
            unpack(segment, unpacked, plane * layout.pixels(), (plane + 1) * layout.pixels());
        }
        return unpacked;
    }

    private static void unpack(ByteWindow segment, byte[] out, int from, int to) throws ScanDecodeException {
        int at = from;
        long offset = 0;
        while (at < to) {
            int control = (byte) segment.u8(offset++, FIELD);
            int count = control >= 0 ? control + 1 : 1 - control;
            if (control == -128) {
                continue;
            }
            if (count > to - at) {
                throw DicomDataSet.corrupt(DicomTag.PixelData, "an RLE run goes past the end of its plane");
            }
            if (control >= 0) {
                segment.require(offset, count, FIELD);
                System.arraycopy(segment.array(), segment.arrayOffset() + (int) offset, out, at, count);
                offset += count;
            } else {
                Arrays.fill(out, at, at + count, (byte) segment.u8(offset++, FIELD));
            }
            at += count;
        }
    }
}
