package org.ctstream.imaging.raster;

import java.io.EOFException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.ctstream.imaging.bounds.DecodeDeadline;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.slice.GreySlice;

/**
 * Reads the plain kind of PNG, which nearly all are: 8 bits, grey or RGB, with or without alpha, not interlaced, no
 * palette, no transparent colour. Rows go from the JDK's inflater to grey a few at a time, so that no image of the
 * samples is made. ImageIO's reader gives the same pixels in up to twice the time and reads all the other kinds.
 *
 * <p>For one image.
 *
 * @see "PNG Specification (W3C, third edition), 9 Filtering, 10 Compression"
 */
final class PlainPng {

    /** Inflating pays per call, and these rows and the grey made of them should stay in the processor's cache. */
    private static final int BYTES_AT_ONCE = 64 << 10;

    private final PngContainer png;
    private final PngHeader header;
    private final DecodeDeadline deadline;
    private final int samples;

    private PlainPng(PngContainer png, DecodeDeadline deadline) {
        this.png = png;
        this.header = png.header();
        this.deadline = deadline;
        this.samples = header.plainSamples();
    }

    static boolean reads(PngContainer png) {
        return png.isDataAlone() && png.header().plainSamples() > 0;
    }

    /**
     * @throws EOFException if the data ends before the last row does
     * @throws DataFormatException if the data is no deflate stream, or of an unknown filter
     */
    static GreySlice grey(PngContainer png, DecodeDeadline deadline)
            throws ScanDecodeException, EOFException, DataFormatException {
        Inflater inflater = new Inflater();
        try {
            return new PlainPng(png, deadline).read(inflater);
        } finally {
            inflater.end();
        }
    }

    private GreySlice read(Inflater inflater) throws ScanDecodeException, EOFException, DataFormatException {
        int width = header.width();
        int rowBytes = 1 + samples * width;
        int rowsAtOnce = Math.min(header.height(), Math.max(1, BYTES_AT_ONCE / rowBytes));
        byte[] pixels = new byte[header.height() * width];
        // The row before the first of these, then these; before the image's first row there are zeros.
        byte[] rows = new byte[(rowsAtOnce + 1) * rowBytes];
        PngContainer.ImageData data = png.imageData();
        for (int done = 0; done < header.height(); done += rowsAtOnce) {
            deadline.check("PNG");
            int count = Math.min(rowsAtOnce, header.height() - done);
            fill(rows, rowBytes, count * rowBytes, inflater, data);
            for (int row = 1; row <= count; row++) {
                int at = row * rowBytes + 1;
                PngFilter.undo(rows[at - 1], rows, at, rowBytes - 1, samples, rowBytes);
                GreyRow.write(rows, at, samples, pixels, (done + row - 1) * width, width);
            }
            System.arraycopy(rows, count * rowBytes, rows, 0, rowBytes);
        }
        // A stream that ends here has its checksum verified by that; of a longer one the rest is ignored.
        inflate(rows, 0, rows.length, inflater, data);
        return new GreySlice(header.height(), width, pixels);
    }

    private static void fill(byte[] into, int from, int length, Inflater inflater, PngContainer.ImageData data)
            throws ScanDecodeException, EOFException, DataFormatException {
        if (inflate(into, from, length, inflater, data) < length) {
            throw new EOFException("the image data ends before the last row");
        }
    }

    /** Gives the bytes inflated, fewer than asked for at the end of the data. */
    private static int inflate(byte[] into, int from, int length, Inflater inflater, PngContainer.ImageData data)
            throws ScanDecodeException, DataFormatException {
        int got = 0;
        while (got < length) {
            int more = inflater.inflate(into, from + got, length - got);
            got += more;
            if (more == 0 && (inflater.finished() || inflater.needsDictionary() || !data.feed(inflater))) {
                return got;
            }
        }
        return got;
    }
}
