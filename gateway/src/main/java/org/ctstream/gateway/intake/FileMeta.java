package org.ctstream.gateway.intake;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ctstream.gateway.pdu.PduWriter;
import org.ctstream.gateway.pdu.Uids;

/**
 * What stands before the data set of a Part 10 file.
 *
 * @param sopClassUid kind of object
 * @param sopInstanceUid the object, as its sender knows it: identifies a patient
 * @param transferSyntaxUid encoding of the data set
 * @see "DICOM PS3.10 7.1, DICOM File Meta Information"
 */
public record FileMeta(String sopClassUid, String sopInstanceUid, String transferSyntaxUid) {
    private static final int PREAMBLE = 128;
    private static final byte[] MAGIC = "DICM".getBytes(StandardCharsets.US_ASCII);
    private static final int GROUP = 0x0002;
    private static final int GROUP_LENGTH = 0x0000;
    private static final int VERSION = 0x0001;
    private static final int SOP_CLASS = 0x0002;
    private static final int SOP_INSTANCE = 0x0003;
    private static final int TRANSFER_SYNTAX = 0x0010;
    private static final int IMPLEMENTATION_CLASS = 0x0012;
    private static final int IMPLEMENTATION_VERSION = 0x0013;
    private static final int MOST_BYTES = 16 * 1024;
    private static final int VR_BYTES = 2;
    private static final Set<String> LONG_FORM = Set.of("OB", "OW", "UN", "UT", "SQ", "UC", "UR", "OF", "OD", "OL");

    /** The bytes, with preamble. */
    public byte[] bytes() {
        var elements = new ByteArrayOutputStream();
        element(elements, VERSION, "OB", new byte[] {0, 1});
        uid(elements, SOP_CLASS, sopClassUid);
        uid(elements, SOP_INSTANCE, sopInstanceUid);
        uid(elements, TRANSFER_SYNTAX, transferSyntaxUid);
        uid(elements, IMPLEMENTATION_CLASS, PduWriter.IMPLEMENTATION_CLASS_UID);
        element(elements, IMPLEMENTATION_VERSION, "SH", even(PduWriter.IMPLEMENTATION_VERSION_NAME, ' '));
        var whole = new ByteArrayOutputStream();
        whole.writeBytes(new byte[PREAMBLE]);
        whole.writeBytes(MAGIC);
        int length = elements.size();
        element(whole, GROUP_LENGTH, "UL", new byte[] {(byte) length, (byte) (length >>> Byte.SIZE), 0, 0});
        whole.writeBytes(elements.toByteArray());
        return whole.toByteArray();
    }

    /** Reads it off a file; empty if the file has none, or not all three UIDs. */
    public static Optional<FileMeta> of(byte[] file) {
        ByteBuffer in =
                ByteBuffer.wrap(file, 0, Math.min(file.length, MOST_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        if (in.remaining() < PREAMBLE + MAGIC.length
                || !ByteBuffer.wrap(file, PREAMBLE, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
            return Optional.empty();
        }
        in.position(PREAMBLE + MAGIC.length);
        Map<Integer, String> texts = texts(in);
        String sopClass = texts.getOrDefault(SOP_CLASS, "");
        String instance = texts.getOrDefault(SOP_INSTANCE, "");
        String syntax = texts.getOrDefault(TRANSFER_SYNTAX, "");
        return Uids.isUid(sopClass) && Uids.isUid(instance) && Uids.isUid(syntax)
                ? Optional.of(new FileMeta(sopClass, instance, syntax))
                : Optional.empty();
    }

    private static Map<Integer, String> texts(ByteBuffer in) {
        var texts = new HashMap<Integer, String>();
        while (in.remaining() >= 2 * Short.BYTES + VR_BYTES + Short.BYTES
                && Short.toUnsignedInt(in.getShort(in.position())) == GROUP) {
            in.getShort();
            int element = Short.toUnsignedInt(in.getShort());
            String vr = text(in, VR_BYTES);
            long length = Short.toUnsignedInt(in.getShort());
            if (LONG_FORM.contains(vr)) {
                if (in.remaining() < Integer.BYTES) {
                    return texts;
                }
                length = Integer.toUnsignedLong(in.getInt());
            }
            if (length > in.remaining()) {
                return texts;
            }
            texts.putIfAbsent(element, Uids.unpadded(text(in, (int) length)));
        }
        return texts;
    }

    private static String text(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static void uid(ByteArrayOutputStream out, int element, String uid) {
        element(out, element, "UI", even(uid, '\0'));
    }

    private static byte[] even(String text, char padding) {
        return (text.length() % 2 == 0 ? text : text + padding).getBytes(StandardCharsets.US_ASCII);
    }

    private static void element(ByteArrayOutputStream out, int element, String vr, byte[] value) {
        u16(out, GROUP);
        u16(out, element);
        out.writeBytes(vr.getBytes(StandardCharsets.US_ASCII));
        if (LONG_FORM.contains(vr)) {
            u16(out, 0);
            u16(out, value.length);
            u16(out, value.length >>> Short.SIZE);
        } else {
            u16(out, value.length);
        }
        out.writeBytes(value);
    }

    private static void u16(ByteArrayOutputStream out, int value) {
        out.write(value);
        out.write(value >>> Byte.SIZE);
    }

    /** The kind of object and its encoding; the instance identifies a patient. */
    @Override
    public String toString() {
        return "FileMeta[" + sopClassUid + ", " + transferSyntaxUid + "]";
    }
}
