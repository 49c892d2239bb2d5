package org.ctstream.imaging.privacy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.ctstream.imaging.bounds.ByteWindow;
import org.ctstream.imaging.bounds.DecodeDeadline;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.decode.ScanDecoder;
import org.ctstream.imaging.decode.UnknownContent;
import org.ctstream.imaging.dicom.DicomDeidentifier;
import org.ctstream.imaging.dicom.DicomReader;
import org.ctstream.imaging.raster.RasterDecoder;
import org.ctstream.imaging.slice.GreySlice;

/**
 * Takes out of a scan's file what its pixels do not need.
 *
 * <ul>
 *   <li>DICOM: every element but those that describe the pixels, see {@link DicomDeidentifier}.
 *   <li>PNG and JPEG: texts, Exif and everything else beside the pixels; these are copied, not coded anew.
 *   <li>TIFF, whose fields can point anywhere, and BMP, which may have bytes between and behind what is read: become the PNG
 *       of what ctstream reads from them.
 *   <li>What is none of these formats, a report or an archive, is left out but for what tells its kind: it becomes a dead
 *       letter, and nobody knows what it says of whom.
 * </ul>
 *
 * Names burned into the pixels stay.
 *
 * <p>Thread-safe: it keeps nothing between calls.
 */
public final class ScanCleaner {
    private static final byte[] TIFF_LITTLE = {'I', 'I', 42, 0};
    private static final byte[] TIFF_BIG = {'M', 'M', 0, 42};

    private final DecodeLimits limits;
    private final DicomDeidentifier dicom;

    public ScanCleaner(DecodeLimits limits) {
        this.limits = limits;
        this.dicom = new DicomDeidentifier(limits);
    }

    /**
     * The same file always becomes the same bytes.
     *
     * @throws ScanDecodeException if a DICOM, TIFF or BMP file cannot be read, so that it is not known what it says
     */
    public CleanScan clean(byte[] content) throws ScanDecodeException {
        ByteWindow file = ByteWindow.of(content, "scan");
        if (DicomReader.recognises(file)) {
            var clean = dicom.deidentify(file, DecodeDeadline.startingNow(limits));
            return new CleanScan(clean.file(), Optional.of(clean.identity()));
        }
        if (PngCleaner.recognises(file)) {
            return plain(PngCleaner.clean(file));
        }
        if (JpegCleaner.recognises(file)) {
            return plain(JpegCleaner.clean(file));
        }
        if (file.matches(0, TIFF_LITTLE) || file.matches(0, TIFF_BIG) || RasterDecoder.BMP.recognises(file)) {
            return plain(png(new ScanDecoder(limits).decode(content).slice()));
        }
        return plain(UnknownContent.stub(content));
    }

    private static CleanScan plain(byte[] content) {
        return new CleanScan(content, Optional.empty());
    }

    private static byte[] png(GreySlice slice) {
        var image = new BufferedImage(slice.width(), slice.height(), BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, slice.width(), slice.height(), slice.pixels());
        var out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing a PNG into memory", e);
        }
        return out.toByteArray();
    }
}
