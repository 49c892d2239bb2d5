package org.ctstream.imaging.phantom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.ctstream.imaging.phantom.DicomEncoding.Syntax;
import org.ctstream.imaging.phantom.DicomEncoding.Values;
import org.ctstream.imaging.slice.GreySlice;

/**
 * Writes a phantom as a DICOM Part 10 file: CT Image Storage for HU, Secondary Capture for windowed values. Patient id and
 * name say that nobody was scanned; UIDs are derived from the seed under the 2.25 root, so that a seed always gives the
 * same study.
 */
final class PhantomDicom {

    private static final String CT_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.2";
    private static final String SECONDARY_CAPTURE_STORAGE = "1.2.840.10008.5.1.4.1.1.7";
    private static final String IMPLEMENTATION_UID = "2.25.222270894571105229143573219420861734021";
    private static final double FIELD_OF_VIEW_MM = 360;
    private static final int PIXEL_DATA = 0x7FE00010;

    private final Phantom phantom;
    private final DicomEncoding encoding;
    private final boolean hounsfield;
    private final String instanceUid;

    PhantomDicom(Phantom phantom, DicomEncoding encoding) {
        this.phantom = phantom;
        this.encoding = encoding;
        this.hounsfield = encoding.values() != Values.WINDOWED_8;
        this.instanceUid = uid(phantom.opacities() ? 4 : 3);
    }

    byte[] bytes() {
        byte[] meta = fileMeta();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[128]);
        file.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
        DicomElementWriter length = new DicomElementWriter(true, false);
        length.unsignedLong(0x00020000, meta.length);
        file.writeBytes(length.bytes());
        file.writeBytes(meta);
        byte[] body = body();
        file.writeBytes(encoding.syntax() == Syntax.DEFLATED_LITTLE_ENDIAN ? deflated(body) : body);
        return file.toByteArray();
    }

    private byte[] fileMeta() {
        DicomElementWriter meta = new DicomElementWriter(true, false);
        meta.element(0x00020001, "OB", new byte[] {0, 1});
        meta.text(0x00020002, "UI", sopClass());
        meta.text(0x00020003, "UI", instanceUid);
        meta.text(0x00020010, "UI", encoding.syntax().uid);
        meta.text(0x00020012, "UI", IMPLEMENTATION_UID);
        meta.text(0x00020013, "SH", "CTSTREAM_PHANTOM");
        return meta.bytes();
    }

    private byte[] body() {
        DicomElementWriter out = new DicomElementWriter(
                encoding.syntax() != Syntax.IMPLICIT_LITTLE_ENDIAN, encoding.syntax() == Syntax.EXPLICIT_BIG_ENDIAN);
        writeIdentification(out);
        writeGeometry(out);
        writePixelDescription(out);
        writePixels(out);
        return out.bytes();
    }

    private void writeIdentification(DicomElementWriter out) {
        out.text(0x00080008, "CS", hounsfield ? "DERIVED\\SECONDARY\\AXIAL" : "DERIVED\\SECONDARY");
        out.text(0x00080016, "UI", sopClass());
        out.text(0x00080018, "UI", instanceUid);
        out.text(0x00080020, "DA", "20200101");
        out.text(0x00080022, "DA", "20200101");
        out.text(0x0008002A, "DT", "20200101120000.000000+0000");
        out.text(0x00080030, "TM", "120000");
        out.text(0x00080032, "TM", "120000");
        out.text(0x00080050, "SH", "");
        out.text(0x00080060, "CS", "CT");
        if (!hounsfield) {
            out.text(0x00080064, "CS", "SYN");
        }
        out.text(0x00080070, "LO", "ctstream phantom");
        out.text(0x00080090, "PN", "");
        out.text(0x00100010, "PN", "PHANTOM^SYNTHETIC");
        out.text(0x00100020, "LO", "SYNTHETIC-" + Long.toUnsignedString(phantom.seed()));
        out.text(0x00100030, "DA", "");
        out.text(0x00100040, "CS", "O");
        out.text(0x0020000D, "UI", uid(1));
        out.text(0x0020000E, "UI", uid(2));
        out.text(0x00200010, "SH", "1");
        out.text(0x00200011, "IS", "1");
        out.text(0x00200013, "IS", "1");
    }

    private void writeGeometry(DicomElementWriter out) {
        if (hounsfield) {
            double corner = -FIELD_OF_VIEW_MM / 2;
            out.text(0x00200032, "DS", corner + "\\" + corner + "\\0");
            out.text(0x00200037, "DS", "1\\0\\0\\0\\1\\0");
            out.text(0x00200052, "UI", uid(5));
            out.text(0x00201040, "LO", "");
        }
    }

    private void writePixelDescription(DicomElementWriter out) {
        int side = phantom.side();
        boolean signed = encoding.values() == Values.HU_SIGNED_16;
        int stored = !hounsfield ? 8 : signed ? 16 : 12;
        out.unsignedShort(0x00280002, 1);
        out.text(0x00280004, "CS", encoding.monochrome1() ? "MONOCHROME1" : "MONOCHROME2");
        out.unsignedShort(0x00280010, side);
        out.unsignedShort(0x00280011, side);
        if (hounsfield) {
            double spacingMm = FIELD_OF_VIEW_MM / side;
            out.text(0x00280030, "DS", String.format(Locale.ROOT, "%.6f\\%.6f", spacingMm, spacingMm));
        }
        out.unsignedShort(0x00280100, hounsfield ? 16 : 8);
        out.unsignedShort(0x00280101, stored);
        out.unsignedShort(0x00280102, stored - 1);
        out.unsignedShort(0x00280103, signed ? 1 : 0);
        if (hounsfield) {
            // A viewer's soft-tissue window, so that a reader which trusts it instead of the HU shows.
            out.text(0x00281050, "DS", "40");
            out.text(0x00281051, "DS", "400");
            out.text(0x00281052, "DS", signed ? "0" : "-1024");
            out.text(0x00281053, "DS", "1");
            out.text(0x00281054, "LO", "HU");
        }
        if (encoding.syntax() == Syntax.JPEG_BASELINE) {
            out.text(0x00282110, "CS", "01");
        }
    }

    private void writePixels(DicomElementWriter out) {
        if (hounsfield) {
            int offset = encoding.values() == Values.HU_SIGNED_16 ? 0 : 1024;
            short[] values = new short[phantom.hu().length];
            for (int i = 0; i < values.length; i++) {
                values[i] = (short) (phantom.hu()[i] + offset);
            }
            out.words(PIXEL_DATA, values);
            return;
        }
        GreySlice slice = encoding.monochrome1() ? inverted(phantom.toGreySlice()) : phantom.toGreySlice();
        if (encoding.syntax() == Syntax.JPEG_BASELINE) {
            out.encapsulated(PIXEL_DATA, PictureBytes.jpeg(slice));
        } else {
            out.element(PIXEL_DATA, encoding.syntax() == Syntax.IMPLICIT_LITTLE_ENDIAN ? "OW" : "OB", slice.pixels());
        }
    }

    private static GreySlice inverted(GreySlice slice) {
        byte[] pixels = slice.pixels().clone();
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) ~pixels[i];
        }
        return new GreySlice(slice.height(), slice.width(), pixels);
    }

    private String sopClass() {
        return hounsfield ? CT_IMAGE_STORAGE : SECONDARY_CAPTURE_STORAGE;
    }

    /** A UID from 122 random bits of the seed, as PS3.5 B.2 makes one from a random UUID. */
    private String uid(int salt) {
        SplittableRandom random = new SplittableRandom(phantom.seed() * 31 + salt);
        BigInteger high = BigInteger.valueOf(random.nextLong() >>> 3).shiftLeft(61);
        return "2.25." + high.or(BigInteger.valueOf(random.nextLong() >>> 3));
    }

    private static byte[] deflated(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try (DeflaterOutputStream stream = new DeflaterOutputStream(out, deflater)) {
            stream.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException("deflating in memory", e);
        } finally {
            deflater.end();
        }
        byte[] bytes = out.toByteArray();
        return bytes.length % 2 == 0 ? bytes : Arrays.copyOf(bytes, bytes.length + 1);
    }
}
