package org.ctstream.imaging.dicom;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.bounds.ScanDecodeException.Reason;

/**
 * The encodings of a data set that the reader decodes.
 *
 * @see "DICOM PS3.5 10, Transfer Syntax; PS3.6 A, registry of UIDs"
 */
enum TransferSyntax {
    IMPLICIT_VR_LITTLE_ENDIAN("1.2.840.10008.1.2", false, false, Pixels.NATIVE),
    EXPLICIT_VR_LITTLE_ENDIAN("1.2.840.10008.1.2.1", true, false, Pixels.NATIVE),
    DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN("1.2.840.10008.1.2.1.99", true, false, Pixels.NATIVE),
    EXPLICIT_VR_BIG_ENDIAN("1.2.840.10008.1.2.2", true, true, Pixels.NATIVE),
    JPEG_BASELINE_8_BIT("1.2.840.10008.1.2.4.50", true, false, Pixels.JPEG),
    JPEG_EXTENDED_12_BIT("1.2.840.10008.1.2.4.51", true, false, Pixels.JPEG),
    RLE_LOSSLESS("1.2.840.10008.1.2.5", true, false, Pixels.RLE);

    /** How PixelData holds its samples. */
    enum Pixels {
        NATIVE,
        JPEG,
        RLE
    }

    private static final Map<String, TransferSyntax> BY_UID =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(syntax -> syntax.uid, syntax -> syntax));

    /** Names for the ones that are known and not decoded, so that the message helps who has to convert. */
    private static final Map<String, String> UNSUPPORTED = Map.ofEntries(
            Map.entry("1.2.840.10008.1.2.4.57", "JPEG Lossless, Non-Hierarchical (Process 14)"),
            Map.entry(
                    "1.2.840.10008.1.2.4.70",
                    "JPEG Lossless, Non-Hierarchical, First-Order Prediction (Process 14, Selection Value 1)"),
            Map.entry("1.2.840.10008.1.2.4.80", "JPEG-LS Lossless"),
            Map.entry("1.2.840.10008.1.2.4.81", "JPEG-LS Near-Lossless"),
            Map.entry("1.2.840.10008.1.2.4.90", "JPEG 2000 Lossless Only"),
            Map.entry("1.2.840.10008.1.2.4.91", "JPEG 2000"),
            Map.entry("1.2.840.10008.1.2.4.92", "JPEG 2000 Part 2 Multi-component Lossless Only"),
            Map.entry("1.2.840.10008.1.2.4.93", "JPEG 2000 Part 2 Multi-component"),
            Map.entry("1.2.840.10008.1.2.4.100", "MPEG2 Main Profile / Main Level"),
            Map.entry("1.2.840.10008.1.2.4.102", "MPEG-4 AVC/H.264 High Profile / Level 4.1"),
            Map.entry("1.2.840.10008.1.2.4.201", "High-Throughput JPEG 2000 Lossless Only"),
            Map.entry("1.2.840.10008.1.2.4.202", "High-Throughput JPEG 2000 with RPCL Options Lossless Only"),
            Map.entry("1.2.840.10008.1.2.4.203", "High-Throughput JPEG 2000"));

    final String uid;
    final boolean explicitVr;
    final boolean bigEndian;
    final Pixels pixels;

    TransferSyntax(String uid, boolean explicitVr, boolean bigEndian, Pixels pixels) {
        this.uid = uid;
        this.explicitVr = explicitVr;
        this.bigEndian = bigEndian;
        this.pixels = pixels;
    }

    /**
     * The syntax of a UID.
     *
     * @throws ScanDecodeException {@code UNSUPPORTED_TRANSFER_SYNTAX} naming the UID and, if known, its name
     */
    static TransferSyntax of(String uid) throws ScanDecodeException {
        TransferSyntax known = BY_UID.get(uid);
        if (known != null) {
            return known;
        }
        boolean isUid = uid.length() <= 64 && uid.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
        String shown = isUid ? uid + " (" + UNSUPPORTED.getOrDefault(uid, "not known here") + ")" : "not a UID";
        throw unsupported(shown);
    }

    static ScanDecodeException unsupported(String shown) {
        return new ScanDecodeException(
                Reason.UNSUPPORTED_TRANSFER_SYNTAX,
                DicomTag.TransferSyntaxUID.display(),
                "the transfer syntax is " + shown
                        + "; expected uncompressed, deflated, RLE Lossless or 8-bit JPEG Baseline",
                "let the sender negotiate Explicit VR Little Endian, or convert the file (dcmdjpeg, dcmconv, gdcmconv --raw)");
    }
}
