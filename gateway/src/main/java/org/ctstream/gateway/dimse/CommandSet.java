package org.ctstream.gateway.dimse;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.ctstream.gateway.pdu.AbortReason;
import org.ctstream.gateway.pdu.PduException;
import org.ctstream.gateway.pdu.Uids;

/**
 * The elements of a command, by their element number within group 0000; always in Implicit VR Little Endian.
 *
 * @see "DICOM PS3.7 6.3.1, Command Set Structure, and Annex E, Command Dictionary"
 */
final class CommandSet {
    static final int AFFECTED_SOP_CLASS_UID = 0x0002;
    static final int COMMAND_FIELD = 0x0100;
    static final int MESSAGE_ID = 0x0110;
    static final int MESSAGE_ID_RESPONDED_TO = 0x0120;
    static final int COMMAND_DATA_SET_TYPE = 0x0800;
    static final int STATUS = 0x0900;
    static final int ERROR_COMMENT = 0x0902;
    static final int AFFECTED_SOP_INSTANCE_UID = 0x1000;

    /** The longest has a dozen elements; what is much longer is no command. */
    static final int MAX_BYTES = 16 * 1024;

    private final Map<Integer, ByteBuffer> elements;

    private CommandSet(Map<Integer, ByteBuffer> elements) {
        this.elements = elements;
    }

    static CommandSet parse(byte[] bytes) throws PduException {
        var elements = new TreeMap<Integer, ByteBuffer>();
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        try {
            while (in.hasRemaining()) {
                int group = Short.toUnsignedInt(in.getShort());
                int element = Short.toUnsignedInt(in.getShort());
                long length = Integer.toUnsignedLong(in.getInt());
                if (group != 0 || length > in.remaining()) {
                    throw invalid("element (%04X,%04X) of %d bytes, %d left (expected: elements of group 0000)"
                            .formatted(group, element, length, in.remaining()));
                }
                ByteBuffer value = in.slice(in.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
                in.position(in.position() + (int) length);
                elements.putIfAbsent(element, value);
            }
        } catch (BufferUnderflowException e) {
            throw invalid("it ends inside an element");
        }
        return new CommandSet(elements);
    }

    int unsignedShort(int element) throws PduException {
        ByteBuffer value = elements.get(element);
        if (value == null || value.remaining() < Short.BYTES) {
            throw invalid("element (0000,%04X) is missing".formatted(element));
        }
        return Short.toUnsignedInt(value.getShort(value.position()));
    }

    /** A UID without padding; empty if there is none. */
    String uid(int element) {
        ByteBuffer value = elements.get(element);
        if (value == null || value.remaining() > Uids.MAX_LENGTH + 1) {
            return "";
        }
        return Uids.unpadded(
                StandardCharsets.ISO_8859_1.decode(value.duplicate()).toString());
    }

    private static PduException invalid(String detail) {
        return new PduException(AbortReason.INVALID_PARAMETER, "Command set: " + detail);
    }
}
