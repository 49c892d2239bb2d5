package org.ctstream.imaging.decode;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.bounds.ScanDecodeException.Reason;

/** Finds words for bytes that are no scan, so that a person sees what was sent by mistake. */
public final class UnknownContent {

    private static final int LOOKED_AT = 64;
    /** At most as long as what is looked at. */
    private static final String LEFT_OUT = "ctstream: no scan, left out\n";

    private static final Map<String, String> OTHERS = others();

    private UnknownContent() {}

    static ScanDecodeException describe(byte[] encoded) {
        return new ScanDecodeException(
                Reason.UNKNOWN_FORMAT,
                "file",
                "not an image: content starts with " + kind(encoded)
                        + "; expected DICOM Part 10, PNG, JPEG, TIFF or BMP",
                "check what the sender exported; the file's name and declared type are not used");
    }

    /**
     * As much of such bytes as may leave a publisher: what tells their kind, or that they were left out. A report or an
     * archive that lies among scans may be all about a patient.
     */
    public static byte[] stub(byte[] encoded) {
        String head = head(encoded);
        String told =
                OTHERS.keySet().stream().filter(head::startsWith).findFirst().orElse(LEFT_OUT);
        return encoded.length == 0 ? encoded : told.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String head(byte[] encoded) {
        return new String(encoded, 0, Math.min(LOOKED_AT, encoded.length), StandardCharsets.ISO_8859_1);
    }

    private static String kind(byte[] encoded) {
        String head = head(encoded);
        if (head.startsWith(LEFT_OUT)) {
            return "something else, which the publisher has left out";
        }
        for (Map.Entry<String, String> other : OTHERS.entrySet()) {
            if (head.startsWith(other.getKey())) {
                return other.getValue();
            }
        }
        if (head.chars().allMatch(c -> (c >= ' ' && c < 0x7F) || c == '\n' || c == '\r' || c == '\t')) {
            // Not quoted: a report's first line may name the patient.
            return "plain text";
        }
        // Enough to tell a format, too little for a name.
        int shown = Math.min(4, encoded.length);
        return "bytes " + HexFormat.ofDelimiter(" ").withUpperCase().formatHex(encoded, 0, shown);
    }

    private static Map<String, String> others() {
        Map<String, String> kinds = new LinkedHashMap<>();
        kinds.put("%PDF", "a PDF document");
        kinds.put("PK\u0003\u0004", "a ZIP archive");
        kinds.put("\u001F\u008B", "a gzip stream");
        kinds.put("GIF8", "a GIF image, which is not accepted");
        kinds.put("RIFF", "a RIFF container (WebP or similar), which is not accepted");
        kinds.put("\u0000\u0000\u0000\fjP  ", "a JPEG 2000 image, which is not accepted");
        kinds.put("<", "markup (XML or HTML)");
        kinds.put("{", "JSON text");
        return kinds;
    }
}
