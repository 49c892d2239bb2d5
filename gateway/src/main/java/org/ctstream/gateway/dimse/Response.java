package org.ctstream.gateway.dimse;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The command set of an answer, without a data set.
 *
 * @see "DICOM PS3.7 9.3.1.2, C-STORE-RSP; 9.3.5.2, C-ECHO-RSP"
 */
public final class Response {
    private static final int MAX_COMMENT = 64;
    private static final int GROUP_LENGTH = 0x0000;

    private Response() {}

    /** The answer to a command. */
    public static byte[] to(Command command, Status status) {
        var elements = new ByteArrayOutputStream();
        if (command instanceof Command.Store store) {
            head(elements, store, store.sopClassUid());
            tail(elements, status);
            text(elements, CommandSet.AFFECTED_SOP_INSTANCE_UID, store.sopInstanceUid(), '\0');
        } else if (command instanceof Command.Echo echo) {
            head(elements, echo, echo.sopClassUid());
            tail(elements, status);
        } else if (command instanceof Command.Other other) {
            head(elements, other, other.sopClassUid());
            tail(elements, status);
        } else {
            throw new IllegalArgumentException("No answer belongs to command field " + command.field());
        }
        var whole = new ByteArrayOutputStream();
        element(
                whole,
                GROUP_LENGTH,
                little(Integer.BYTES).putInt(elements.size()).array());
        whole.writeBytes(elements.toByteArray());
        return whole.toByteArray();
    }

    private static void head(ByteArrayOutputStream out, Command command, String sopClassUid) {
        if (!sopClassUid.isEmpty()) {
            text(out, CommandSet.AFFECTED_SOP_CLASS_UID, sopClassUid, '\0');
        }
        unsignedShort(out, CommandSet.COMMAND_FIELD, command.field() | Command.RESPONSE);
        unsignedShort(out, CommandSet.MESSAGE_ID_RESPONDED_TO, command.messageId());
        unsignedShort(out, CommandSet.COMMAND_DATA_SET_TYPE, Command.NO_DATA_SET);
    }

    private static void tail(ByteArrayOutputStream out, Status status) {
        unsignedShort(out, CommandSet.STATUS, status.code());
        if (!status.comment().isEmpty()) {
            String comment = status.comment();
            text(out, CommandSet.ERROR_COMMENT, comment.substring(0, Math.min(MAX_COMMENT, comment.length())), ' ');
        }
    }

    private static void unsignedShort(ByteArrayOutputStream out, int element, int value) {
        element(out, element, little(Short.BYTES).putShort((short) value).array());
    }

    private static void text(ByteArrayOutputStream out, int element, String text, char padding) {
        String even = text.length() % 2 == 0 ? text : text + padding;
        element(out, element, even.getBytes(StandardCharsets.US_ASCII));
    }

    private static void element(ByteArrayOutputStream out, int element, byte[] value) {
        out.writeBytes(little(2 * Short.BYTES + Integer.BYTES)
                .putShort((short) 0)
                .putShort((short) element)
                .putInt(value.length)
                .array());
        out.writeBytes(value);
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
