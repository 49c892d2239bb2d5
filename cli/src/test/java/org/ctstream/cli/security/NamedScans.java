package org.ctstream.cli.security;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.ctstream.imaging.phantom.PhantomSlices;

/** Scans of somebody who does not exist, with that person's name wherever a file has room for it. */
final class NamedScans {
    static final String NAME = "Quixworth^Zebediah";
    static final String PATIENT_ID = "PID-7F3K-99182";
    static final String BIRTH_DATE = "19371104";
    static final String ACCESSION = "ACC-55-XYZZY";

    /** What must not be found. */
    static final List<String> WORDS = List.of("Quixworth", "Zebediah", PATIENT_ID, BIRTH_DATE, "1937-11-04", ACCESSION);

    private static final int HEAD = 132;
    private static final int META_LENGTH_ELEMENT = 12;
    private static final int PNG_HEAD = 33;

    private NamedScans() {}

    /** A DICOM file with the identifiers in the usual elements, in free text, in a sequence and in private ones. */
    static byte[] dicom(long seed) {
        byte[] file = new PhantomSlices(128).generate(seed, true).toDicom();
        int begin = HEAD
                + META_LENGTH_ELEMENT
                + ByteBuffer.wrap(file, HEAD + 8, 4)
                        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                        .getInt();
        var out = new ByteArrayOutputStream();
        out.writeBytes(Arrays.copyOf(NAME.getBytes(ISO_8859_1), 128));
        out.write(file, 128, begin - 128);
        // Before the phantom's own: of two elements with one tag the first counts.
        element(out, 0x00080050, "SH", ACCESSION);
        element(out, 0x00081030, "LO", "CT of " + NAME);
        element(out, 0x00090010, "LO", "PRIVATE " + NAME);
        element(out, 0x00091001, "LO", PATIENT_ID + " " + BIRTH_DATE + " " + ACCESSION);
        element(out, 0x00100010, "PN", NAME);
        element(out, 0x00100020, "LO", PATIENT_ID);
        element(out, 0x00100030, "DA", BIRTH_DATE);
        element(out, 0x00101000, "LO", "OLD-" + PATIENT_ID);
        element(out, 0x00104000, "ST", "born 1937-11-04, called " + NAME);
        out.write(file, begin, file.length - begin);
        return out.toByteArray();
    }

    /** A PNG with the identifiers in a text chunk. */
    static byte[] png(long seed) {
        byte[] png = new PhantomSlices(128).generate(seed, true).toPng();
        byte[] text = ("Comment\0" + NAME + " " + PATIENT_ID + " " + BIRTH_DATE + " " + ACCESSION).getBytes(ISO_8859_1);
        byte[] type = "tEXt".getBytes(ISO_8859_1);
        var crc = new CRC32();
        crc.update(type);
        crc.update(text);
        var out = new ByteArrayOutputStream();
        out.write(png, 0, PNG_HEAD);
        out.writeBytes(ByteBuffer.allocate(text.length + 12)
                .putInt(text.length)
                .put(type)
                .put(text)
                .putInt((int) crc.getValue())
                .array());
        out.write(png, PNG_HEAD, png.length - PNG_HEAD);
        return out.toByteArray();
    }

    private static void element(ByteArrayOutputStream out, int tag, String vr, String value) {
        byte[] bytes = (value.length() % 2 == 0 ? value : value + " ").getBytes(ISO_8859_1);
        u16(out, tag >>> 16);
        u16(out, tag & 0xFFFF);
        out.writeBytes(vr.getBytes(ISO_8859_1));
        u16(out, bytes.length);
        out.writeBytes(bytes);
    }

    private static void u16(ByteArrayOutputStream out, int value) {
        out.write(value);
        out.write(value >> 8);
    }
}
