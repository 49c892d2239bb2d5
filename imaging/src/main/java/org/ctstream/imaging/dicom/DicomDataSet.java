package org.ctstream.imaging.dicom;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.ctstream.imaging.bounds.ByteWindow;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.bounds.ScanDecodeException.Reason;

/**
 * The values of the attributes in {@link DicomTag} that one file's top level holds, by type.
 *
 * <p>Not thread-safe while being filled.
 */
final class DicomDataSet {

    /** The longest text of the attributes read here has 64 characters; what is much longer is not that attribute. */
    private static final int MAX_TEXT_BYTES = 1024;

    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern MULTIPLE = Pattern.compile("\\\\");

    private final boolean bigEndian;
    private final Map<DicomTag, ByteWindow> values = new EnumMap<>(DicomTag.class);

    DicomDataSet(boolean bigEndian) {
        this.bigEndian = bigEndian;
    }

    /** Keeps the first value of an attribute; a second one of the same tag is against the standard and ignored. */
    void put(DicomTag tag, ByteWindow value) {
        values.putIfAbsent(tag, value);
    }

    /** Text without padding; bytes as ISO 8859-1 whatever SpecificCharacterSet says, so that distinct values stay distinct. */
    Optional<String> text(DicomTag tag) throws ScanDecodeException {
        ByteWindow value = values.get(tag);
        if (value == null || value.length() > MAX_TEXT_BYTES) {
            return Optional.empty();
        }
        String text =
                value.text(0, value.length(), tag.display()).replace('\0', ' ').strip();
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** The first of one or more decimal strings. */
    Optional<Double> decimal(DicomTag tag) throws ScanDecodeException {
        Optional<String> text = text(tag);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String first = MULTIPLE.split(text.get(), 2)[0].strip();
        double number =
                first.length() <= 32 && DECIMAL.matcher(first).matches() ? Double.parseDouble(first) : Double.NaN;
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw corrupt(tag, "the value is not a decimal number");
        }
        return Optional.of(number);
    }

    Optional<Integer> unsignedShort(DicomTag tag) throws ScanDecodeException {
        ByteWindow value = values.get(tag);
        if (value == null || value.length() == 0) {
            return Optional.empty();
        }
        return Optional.of(bigEndian ? value.u16be(0, tag.display()) : value.u16le(0, tag.display()));
    }

    int requiredUnsignedShort(DicomTag tag) throws ScanDecodeException {
        Optional<Integer> value = unsignedShort(tag);
        if (value.isEmpty()) {
            throw missing(tag);
        }
        return value.get();
    }

    String requiredText(DicomTag tag) throws ScanDecodeException {
        Optional<String> value = text(tag);
        if (value.isEmpty()) {
            throw missing(tag);
        }
        return value.get();
    }

    static ScanDecodeException missing(DicomTag tag) {
        return new ScanDecodeException(
                Reason.MISSING_ATTRIBUTE,
                tag.display(),
                "the attribute is absent or empty; the pixels cannot be read without it",
                "export the complete image object, not a header or a report");
    }

    static ScanDecodeException corrupt(DicomTag tag, String detail) {
        return new ScanDecodeException(
                Reason.CORRUPT, tag.display(), detail, "send the file again as the scanner exported it");
    }
}
