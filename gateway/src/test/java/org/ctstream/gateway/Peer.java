package org.ctstream.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a requestor of associations sends, as bytes; written from the standard, with no line of the product's own. */
public final class Peer {
    public static final String VERIFICATION = "1.2.840.10008.1.1";
    public static final String CT = "1.2.840.10008.5.1.4.1.1.2";
    public static final String EXPLICIT = "1.2.840.10008.1.2.1";
    public static final String IMPLICIT = "1.2.840.10008.1.2";

    private static final String APPLICATION_CONTEXT = "1.2.840.10008.3.1.1.1";

    private Peer() {}

    /** A presentation context that is proposed. */
    public record Context(int id, String abstractSyntax, List<String> transferSyntaxes) {
        public static Context of(int id, String abstractSyntax, String... transferSyntaxes) {
            return new Context(id, abstractSyntax, List.of(transferSyntaxes));
        }
    }

    /** An A-ASSOCIATE-RQ. */
    public static byte[] request(String called, String calling, int maximumLength, List<Context> contexts) {
        return request(called, calling, APPLICATION_CONTEXT, maximumLength, contexts);
    }

    public static byte[] request(
            String called, String calling, String application, int maximumLength, List<Context> contexts) {
        var body = new ByteArrayOutputStream();
        body.writeBytes(new byte[] {0, 1, 0, 0});
        body.writeBytes(title(called));
        body.writeBytes(title(calling));
        body.writeBytes(new byte[32]);
        item(body, 0x10, ascii(application));
        for (Context context : contexts) {
            var value = new ByteArrayOutputStream();
            value.writeBytes(new byte[] {(byte) context.id(), 0, 0, 0});
            item(value, 0x30, ascii(context.abstractSyntax()));
            context.transferSyntaxes().forEach(syntax -> item(value, 0x40, ascii(syntax)));
            item(body, 0x20, value.toByteArray());
        }
        var user = new ByteArrayOutputStream();
        item(user, 0x51, ByteBuffer.allocate(4).putInt(maximumLength).array());
        item(user, 0x52, ascii("1.2.3.4"));
        // A role selection, which a provider may leave unanswered.
        item(user, 0x54, new byte[] {0, 0, 1, 0});
        item(body, 0x50, user.toByteArray());
        return pdu(1, body.toByteArray());
    }

    /** The usual request: verification and CT in Explicit VR Little Endian. */
    public static byte[] usualRequest() {
        return request(
                "CTSTREAM",
                "CT1",
                16_384,
                List.of(Context.of(1, VERIFICATION, IMPLICIT), Context.of(3, CT, EXPLICIT, IMPLICIT)));
    }

    /** An A-RELEASE-RQ. */
    public static byte[] release() {
        return pdu(5, new byte[4]);
    }

    /** An A-ABORT. */
    public static byte[] abort() {
        return pdu(7, new byte[4]);
    }

    /** A P-DATA-TF with one fragment. */
    public static byte[] data(int contextId, boolean command, boolean last, byte[] bytes) {
        return pdu(4, fragment(contextId, command, last, bytes));
    }

    public static byte[] fragment(int contextId, boolean command, boolean last, byte[] bytes) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(4).putInt(bytes.length + 2).array());
        out.write(contextId);
        out.write((command ? 1 : 0) | (last ? 2 : 0));
        out.writeBytes(bytes);
        return out.toByteArray();
    }

    public static byte[] pdu(int type, byte[] body) {
        return ByteBuffer.allocate(6 + body.length)
                .put((byte) type)
                .put((byte) 0)
                .putInt(body.length)
                .put(body)
                .array();
    }

    /** The command set of a C-ECHO-RQ. */
    public static byte[] echo(int messageId) {
        return command(VERIFICATION, 0x0030, messageId, 0x0101, "");
    }

    /** The command set of a C-STORE-RQ. */
    public static byte[] store(int messageId, String sopClass, String sopInstance) {
        return command(sopClass, 0x0001, messageId, 0x0000, sopInstance);
    }

    public static byte[] command(String sopClass, int field, int messageId, int dataSetType, String sopInstance) {
        var out = new ByteArrayOutputStream();
        element(out, 0x0002, uid(sopClass));
        element(out, 0x0100, little(field));
        element(out, 0x0110, little(messageId));
        element(out, 0x0700, little(0));
        element(out, 0x0800, little(dataSetType));
        if (!sopInstance.isEmpty()) {
            element(out, 0x1000, uid(sopInstance));
        }
        var whole = new ByteArrayOutputStream();
        element(
                whole,
                0x0000,
                ByteBuffer.allocate(4)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(out.size())
                        .array());
        whole.writeBytes(out.toByteArray());
        return whole.toByteArray();
    }

    /** All of them, one behind the other. */
    public static byte[] join(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static void element(ByteArrayOutputStream out, int element, byte[] value) {
        out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) 0)
                .putShort((short) element)
                .putInt(value.length)
                .array());
        out.writeBytes(value);
    }

    private static byte[] little(int value) {
        return new byte[] {(byte) value, (byte) (value >>> 8)};
    }

    private static byte[] uid(String uid) {
        return ascii(uid.length() % 2 == 0 ? uid : uid + '\0');
    }

    private static byte[] title(String title) {
        return ascii((title + " ".repeat(16)).substring(0, 16));
    }

    private static void item(ByteArrayOutputStream out, int type, byte[] value) {
        out.write(type);
        out.write(0);
        out.write(value.length >>> 8);
        out.write(value.length);
        out.writeBytes(value);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
