package org.ctstream.imaging.dicom;

import static java.util.Map.entry;

import java.util.Map;
import java.util.regex.Pattern;
import org.ctstream.imaging.bounds.ScanDecodeException;

/**
 * The elements that a de-identified file keeps: what describes the pixels, where they lie in space, and which kind of
 * object they are. An allow-list, so that private elements, and those of editions of the standard to come, go. Values must
 * look as their element's values do: a name in a field for numbers does not pass.
 *
 * @see "DICOM PS3.15 E.1, Basic Application Level Confidentiality Profile, which this goes beyond"
 */
final class KeptElements {

    /** Longest value in bytes: six decimal strings of 16 characters. */
    private static final int MAX_BYTES = 128;

    /** What a value may look like. */
    private enum Kind {
        NUMBER(Pattern.compile("(?s).{0,16}")),
        DECIMAL(Pattern.compile("[-+0-9.eE \\\\]*\\x00?")),
        CODE(Pattern.compile("[A-Z0-9_]{0,16} ?")),
        STANDARD_UID(Pattern.compile("1\\.2\\.840\\.10008\\.[0-9.]{1,48}\\x00?"));

        private final Pattern pattern;

        Kind(Pattern pattern) {
            this.pattern = pattern;
        }
    }

    private static final Map<Integer, Kind> KINDS = Map.ofEntries(
            entry(0x00080016, Kind.STANDARD_UID), // SOPClassUID
            entry(0x00080060, Kind.CODE), // Modality
            entry(0x00180050, Kind.DECIMAL), // SliceThickness
            entry(0x00200032, Kind.DECIMAL), // ImagePositionPatient
            entry(0x00200037, Kind.DECIMAL), // ImageOrientationPatient
            entry(0x00280002, Kind.NUMBER), // SamplesPerPixel
            entry(0x00280004, Kind.CODE), // PhotometricInterpretation
            entry(0x00280006, Kind.NUMBER), // PlanarConfiguration
            entry(0x00280008, Kind.DECIMAL), // NumberOfFrames
            entry(0x00280010, Kind.NUMBER), // Rows
            entry(0x00280011, Kind.NUMBER), // Columns
            entry(0x00280030, Kind.DECIMAL), // PixelSpacing
            entry(0x00280034, Kind.DECIMAL), // PixelAspectRatio
            entry(0x00280100, Kind.NUMBER), // BitsAllocated
            entry(0x00280101, Kind.NUMBER), // BitsStored
            entry(0x00280102, Kind.NUMBER), // HighBit
            entry(0x00280103, Kind.NUMBER), // PixelRepresentation
            entry(0x00280106, Kind.NUMBER), // SmallestImagePixelValue
            entry(0x00280107, Kind.NUMBER), // LargestImagePixelValue
            entry(0x00280120, Kind.NUMBER), // PixelPaddingValue
            entry(0x00281050, Kind.DECIMAL), // WindowCenter
            entry(0x00281051, Kind.DECIMAL), // WindowWidth
            entry(0x00281052, Kind.DECIMAL), // RescaleIntercept
            entry(0x00281053, Kind.DECIMAL), // RescaleSlope
            entry(0x00281054, Kind.CODE), // RescaleType
            entry(0x00281056, Kind.CODE), // VOILUTFunction
            entry(0x00282110, Kind.CODE)); // LossyImageCompression

    private KeptElements() {}

    static boolean keeps(ElementHeader element, DicomBytes bytes) throws ScanDecodeException {
        Kind kind = KINDS.get(element.tag());
        if (kind == null || element.undefinedLength() || element.length() > MAX_BYTES) {
            return false;
        }
        String value = bytes.window().text(element.valueOffset(), element.length(), DicomTag.display(element.tag()));
        return kind.pattern.matcher(value).matches();
    }
}
