package org.ctstream.gateway.pdu;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ctstream.gateway.pdu.Pdu.AssociateRequest;

/**
 * Writes the data units of an acceptor, each in one piece.
 *
 * <h2>Thread safety</h2>
 * Safe for use by several threads: one writes at a time.
 *
 * @see "DICOM PS3.8 9.3"
 */
public final class PduWriter {
    /** Who we are in file meta information and in associations. */
    public static final String IMPLEMENTATION_CLASS_UID = "2.25.170203471229114843301427650325938291045";

    public static final String IMPLEMENTATION_VERSION_NAME = "CTSTREAM_1";

    /** What DICOM calls its application context. */
    public static final String APPLICATION_CONTEXT = "1.2.840.10008.3.1.1.1";

    /** The shortest P-DATA-TF value in which a command gets anywhere. */
    static final int LEAST_DATA = 64;

    private static final int ITEM_OVERHEAD = 6;
    private static final int LONGEST_CHUNK = 16 * 1024;
    private static final int ABORT_BY_PROVIDER = 2;

    private final OutputStream out;

    public PduWriter(OutputStream out) {
        this.out = out;
    }

    /**
     * Accepts.
     *
     * @param longestData longest P-DATA-TF value we take
     */
    public void accept(AssociateRequest request, List<ContextAnswer> contexts, int longestData) throws IOException {
        var body = new ByteArrayOutputStream();
        u16(body, 1);
        u16(body, 0);
        // As received: who tests them does not rely on them being right.
        body.writeBytes(request.calledTitle().getBytes(StandardCharsets.ISO_8859_1));
        body.writeBytes(request.callingTitle().getBytes(StandardCharsets.ISO_8859_1));
        body.writeBytes(new byte[32]);
        item(body, ItemType.APPLICATION_CONTEXT, ascii(APPLICATION_CONTEXT));
        for (ContextAnswer context : contexts) {
            var value = new ByteArrayOutputStream();
            value.writeBytes(
                    new byte[] {(byte) context.id(), 0, (byte) context.result().code(), 0});
            item(value, ItemType.TRANSFER_SYNTAX, ascii(context.transferSyntax()));
            item(body, ItemType.PRESENTATION_CONTEXT_AC, value.toByteArray());
        }
        var user = new ByteArrayOutputStream();
        var length = new ByteArrayOutputStream();
        u32(length, longestData);
        item(user, ItemType.MAXIMUM_LENGTH, length.toByteArray());
        item(user, ItemType.IMPLEMENTATION_CLASS_UID, ascii(IMPLEMENTATION_CLASS_UID));
        item(user, ItemType.IMPLEMENTATION_VERSION_NAME, ascii(IMPLEMENTATION_VERSION_NAME));
        item(body, ItemType.USER_INFORMATION, user.toByteArray());
        send(PduType.ASSOCIATE_AC, body.toByteArray());
    }

    public void reject(Rejection rejection) throws IOException {
        send(
                PduType.ASSOCIATE_RJ,
                new byte[] {0, (byte) rejection.result(), (byte) rejection.source(), (byte) rejection.reason()});
    }

    /**
     * Sends a command, in as many data units as the peer's maximum length asks for.
     *
     * @param peerMaximum longest P-DATA-TF value the peer takes; 0 means any
     */
    public void command(int contextId, byte[] command, long peerMaximum) throws IOException {
        int most = peerMaximum == 0 ? LONGEST_CHUNK : (int) Math.min(LONGEST_CHUNK, peerMaximum - ITEM_OVERHEAD);
        for (int at = 0; at < command.length; at += most) {
            int length = Math.min(most, command.length - at);
            boolean last = at + length == command.length;
            var body = new ByteArrayOutputStream(length + ITEM_OVERHEAD);
            u32(body, length + 2);
            body.write(contextId);
            body.write(last ? 3 : 1);
            body.write(command, at, length);
            send(PduType.DATA_TF, body.toByteArray());
        }
    }

    public void releaseResponse() throws IOException {
        send(PduType.RELEASE_RP, new byte[4]);
    }

    public void abort(AbortReason reason) throws IOException {
        send(PduType.ABORT, new byte[] {0, 0, ABORT_BY_PROVIDER, (byte) reason.code()});
    }

    private synchronized void send(int type, byte[] body) throws IOException {
        var pdu = new ByteArrayOutputStream(body.length + ITEM_OVERHEAD);
        pdu.write(type);
        pdu.write(0);
        u32(pdu, body.length);
        pdu.writeBytes(body);
        out.write(pdu.toByteArray());
        out.flush();
    }

    private static void item(ByteArrayOutputStream out, int type, byte[] value) {
        out.write(type);
        out.write(0);
        u16(out, value.length);
        out.writeBytes(value);
    }

    private static void u16(ByteArrayOutputStream out, int value) {
        out.write(value >>> 8);
        out.write(value);
    }

    private static void u32(ByteArrayOutputStream out, int value) {
        u16(out, value >>> 16);
        u16(out, value);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
