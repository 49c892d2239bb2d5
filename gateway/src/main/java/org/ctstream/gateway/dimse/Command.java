package org.ctstream.gateway.dimse;

import org.ctstream.gateway.pdu.AbortReason;
import org.ctstream.gateway.pdu.PduException;

/**
 * What a peer asks for.
 *
 * @see "DICOM PS3.7 9.3, DIMSE-C protocol"
 */
public sealed interface Command {
    /** Bit that makes a response's command field of a request's. */
    int RESPONSE = 0x8000;

    int C_STORE_RQ = 0x0001;
    int C_ECHO_RQ = 0x0030;
    int C_CANCEL_RQ = 0x0FFF;
    int NO_DATA_SET = 0x0101;

    int messageId();

    /** Command field of the request. */
    int field();

    /** Whether a data set follows. */
    boolean hasDataSet();

    /** To store an object. */
    record Store(int messageId, String sopClassUid, String sopInstanceUid) implements Command {
        @Override
        public int field() {
            return C_STORE_RQ;
        }

        @Override
        public boolean hasDataSet() {
            return true;
        }
    }

    /** To say that we are there. */
    record Echo(int messageId, String sopClassUid) implements Command {
        @Override
        public int field() {
            return C_ECHO_RQ;
        }

        @Override
        public boolean hasDataSet() {
            return false;
        }
    }

    /** To give up something that we have never begun: no answer. */
    record Cancel(int messageId) implements Command {
        @Override
        public int field() {
            return C_CANCEL_RQ;
        }

        @Override
        public boolean hasDataSet() {
            return false;
        }
    }

    /** Something that a storage provider does not do. */
    record Other(int messageId, int field, boolean hasDataSet, String sopClassUid) implements Command {}

    /**
     * Reads one.
     *
     * @throws PduException if it is no request
     */
    static Command parse(byte[] bytes) throws PduException {
        CommandSet set = CommandSet.parse(bytes);
        int field = set.unsignedShort(CommandSet.COMMAND_FIELD);
        boolean hasDataSet = set.unsignedShort(CommandSet.COMMAND_DATA_SET_TYPE) != NO_DATA_SET;
        if ((field & RESPONSE) != 0) {
            throw new PduException(
                    AbortReason.UNEXPECTED_PARAMETER,
                    "Command field %04XH is a response (expected: a request)".formatted(field));
        }
        if (field == C_CANCEL_RQ) {
            return new Cancel(set.unsignedShort(CommandSet.MESSAGE_ID_RESPONDED_TO));
        }
        int messageId = set.unsignedShort(CommandSet.MESSAGE_ID);
        String sopClass = set.uid(CommandSet.AFFECTED_SOP_CLASS_UID);
        if (field == C_STORE_RQ && hasDataSet) {
            return new Store(messageId, sopClass, set.uid(CommandSet.AFFECTED_SOP_INSTANCE_UID));
        }
        if (field == C_ECHO_RQ && !hasDataSet) {
            return new Echo(messageId, sopClass);
        }
        return new Other(messageId, field, hasDataSet, sopClass);
    }
}
