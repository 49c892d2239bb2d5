package org.ctstream.imaging.dicom;

import org.ctstream.imaging.bounds.ByteWindow;
import org.ctstream.imaging.bounds.DecodeDeadline;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.bounds.ScanDecodeException.Reason;
import org.ctstream.imaging.raster.RasterDecoder;
import org.ctstream.imaging.slice.GreySlice;

/** Takes the one frame of a file from its encoding to grey. */
final class FrameDecoder {

    private final DicomFile dicom;
    private final PixelLayout layout;
    private final DecodeLimits limits;
    private final DecodeDeadline deadline;

    FrameDecoder(DicomFile dicom, PixelLayout layout, DecodeLimits limits, DecodeDeadline deadline) {
        this.dicom = dicom;
        this.layout = layout;
        this.limits = limits;
        this.deadline = deadline;
    }

    GreySlice decode() throws ScanDecodeException {
        GreySlice slice = switch (dicom.syntax().pixels) {
            case NATIVE -> fromNative();
            case JPEG -> fromJpeg();
            case RLE -> fromRle();
        };
        deadline.check("DICOM");
        return slice;
    }

    private GreySlice fromNative() throws ScanDecodeException {
        ElementHeader pixelData = dicom.pixelData();
        String field = DicomTag.PixelData.display();
        if (pixelData.undefinedLength()) {
            throw DicomDataSet.corrupt(
                    DicomTag.PixelData, "uncompressed pixels with undefined length (expected: a byte count)");
        }
        ByteWindow value = dicom.bytes().window().slice(pixelData.valueOffset(), pixelData.length(), field);
        value.require(0, layout.frameBytes(), field);
        if (layout.photometric().samples == 3) {
            return ColourFrame.grey(value, layout);
        }
        // In Big Endian, bytes written as 16-bit words (OW) stand pairwise swapped.
        boolean swappedPairs = dicom.bytes().bigEndian() && !pixelData.vr().equals("OB");
        return new GreyMapping(
                        StoredValues.ofNative(value, layout, dicom.bytes().bigEndian(), swappedPairs), dicom.dataSet())
                .map();
    }

    private GreySlice fromRle() throws ScanDecodeException {
        byte[] planes = RleFrame.planes(EncapsulatedFrame.of(dicom.bytes(), dicom.pixelData(), deadline), layout);
        return layout.photometric().samples == 3
                ? ColourFrame.grey(ByteWindow.of(planes, "RLE frame"), layout.asPlanar())
                : new GreyMapping(StoredValues.ofPlanes(planes, layout), dicom.dataSet()).map();
    }

    private GreySlice fromJpeg() throws ScanDecodeException {
        if (layout.bitsAllocated() != 8) {
            throw TransferSyntax.unsupported(dicom.syntax().uid + " (JPEG Extended) with 12-bit samples");
        }
        ByteWindow frame = EncapsulatedFrame.of(dicom.bytes(), dicom.pixelData(), deadline);
        if (!RasterDecoder.JPEG.recognises(frame)) {
            throw DicomDataSet.corrupt(DicomTag.PixelData, "the fragment is not a JPEG stream");
        }
        GreySlice decoded = RasterDecoder.JPEG.decode(frame, limits, deadline);
        if (decoded.height() != layout.rows() || decoded.width() != layout.columns()) {
            throw new ScanDecodeException(
                    Reason.CORRUPT,
                    DicomTag.PixelData.display(),
                    "the JPEG is %d x %d, Rows and Columns say %d x %d"
                            .formatted(decoded.height(), decoded.width(), layout.rows(), layout.columns()),
                    "send the file again as the scanner exported it");
        }
        return layout.photometric().samples == 3
                ? decoded
                : new GreyMapping(
                                StoredValues.ofNative(ByteWindow.of(decoded.pixels(), "frame"), layout, false, false),
                                dicom.dataSet())
                        .map();
    }
}
