package org.ctstream.imaging.decode;

import java.util.Optional;
import org.ctstream.imaging.bounds.ByteWindow;
import org.ctstream.imaging.bounds.DecodeDeadline;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.bounds.ScanDecodeException.Reason;
import org.ctstream.imaging.dicom.DicomImage;
import org.ctstream.imaging.dicom.DicomReader;
import org.ctstream.imaging.raster.RasterDecoder;

/**
 * Makes a grey slice of untrusted bytes, within limits.
 *
 * <p>Thread-safe: it keeps nothing between calls.
 */
public final class ScanDecoder {

    private final DecodeLimits limits;
    private final DicomReader dicom;

    public ScanDecoder(DecodeLimits limits) {
        this.limits = limits;
        this.dicom = new DicomReader(limits);
    }

    /**
     * Decodes one scan; the format is found in the content.
     *
     * @param encoded a DICOM Part 10, PNG, JPEG, TIFF or BMP file; read, never written
     * @return the slice at its original geometry
     * @throws ScanDecodeException for every way in which the bytes can be bad; no other exception leaves for bad bytes
     */
    public DecodedScan decode(byte[] encoded) throws ScanDecodeException {
        checkSize(encoded);
        try {
            return decodeByContent(encoded);
        } catch (RuntimeException | StackOverflowError e) {
            // The last line: a way to be bad that no check foresaw is still the bytes' fault, and must end as one.
            throw new ScanDecodeException(
                    Reason.CORRUPT,
                    "file",
                    "decoding ended in " + e.getClass().getSimpleName(),
                    "export the scan again; if it opens in a viewer, report it as a fault of this decoder",
                    e);
        }
    }

    private DecodedScan decodeByContent(byte[] encoded) throws ScanDecodeException {
        DecodeDeadline deadline = DecodeDeadline.startingNow(limits);
        ByteWindow window = ByteWindow.of(encoded, "file");
        if (DicomReader.recognises(window)) {
            DicomImage image = dicom.read(window, deadline);
            return new DecodedScan(image.slice(), ScanFormat.DICOM, Optional.of(image.identity()));
        }
        for (RasterDecoder raster : RasterDecoder.values()) {
            if (raster.recognises(window)) {
                return new DecodedScan(
                        raster.decode(window, limits, deadline), ScanFormat.valueOf(raster.name()), Optional.empty());
            }
        }
        throw UnknownContent.describe(encoded);
    }

    private void checkSize(byte[] encoded) throws ScanDecodeException {
        if (encoded.length == 0) {
            throw new ScanDecodeException(
                    Reason.EMPTY,
                    "file",
                    "0 bytes (expected: a DICOM Part 10, PNG, JPEG, TIFF or BMP file)",
                    "send the file's content; the sender's export or upload produced nothing");
        }
        if (encoded.length > limits.maxEncodedBytes()) {
            throw new ScanDecodeException(
                    Reason.TOO_LARGE,
                    "file",
                    "%d bytes (allowed: %d)".formatted(encoded.length, limits.maxEncodedBytes()),
                    "send one slice per record, or raise the decoder's limits");
        }
    }
}
