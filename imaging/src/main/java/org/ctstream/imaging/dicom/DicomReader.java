package org.ctstream.imaging.dicom;

import java.util.Arrays;
import java.util.List;
import org.ctstream.imaging.bounds.ByteWindow;
import org.ctstream.imaging.bounds.DecodeDeadline;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.slice.GreySlice;

/**
 * Reads single-frame DICOM Part 10 files: Implicit and Explicit VR Little Endian, Explicit VR Big Endian, Deflated, RLE
 * Lossless and 8-bit JPEG. Other transfer syntaxes, palettes and more than one frame are typed errors.
 *
 * <p>How values become grey is decided as follows; the first rule that applies wins.
 *
 * <ol>
 *   <li>RGB and YBR: ITU-R BT.601 luma.
 *   <li>Modality CT with rescale terms in HU: lung window, center -600 HU, width 1500 HU; MONOCHROME1 does not invert.
 *   <li>The file's WindowCenter and WindowWidth with the linear VOI function.
 *   <li>8 bits or fewer stored: the values as they are.
 *   <li>Modality CT with none of these: {@code MISSING_ATTRIBUTE}.
 *   <li>Otherwise: smallest to largest value of the image.
 * </ol>
 *
 * MONOCHROME1 is inverted under all rules but the lung window.
 *
 * <p>Thread-safe: it keeps nothing between calls.
 */
public final class DicomReader {

    private final DecodeLimits limits;

    public DicomReader(DecodeLimits limits) {
        this.limits = limits;
    }

    /** Whether a preamble and the letters DICM stand at the start. */
    public static boolean recognises(ByteWindow file) {
        return DicomFile.startsAs(file);
    }

    /** UIDs of the transfer syntaxes that are decoded, for who receives files and may choose how they come. */
    public static List<String> transferSyntaxUids() {
        return Arrays.stream(TransferSyntax.values()).map(syntax -> syntax.uid).toList();
    }

    /**
     * Reads one file.
     *
     * @throws ScanDecodeException for every way in which the bytes can be bad
     */
    public DicomImage read(ByteWindow file, DecodeDeadline deadline) throws ScanDecodeException {
        DicomFile dicom = DicomFile.parse(file, limits, deadline);
        PixelLayout layout = PixelLayout.of(dicom.dataSet(), limits);
        GreySlice slice = new FrameDecoder(dicom, layout, limits, deadline).decode();
        return new DicomImage(slice, IdentityFields.of(dicom.dataSet()));
    }
}
