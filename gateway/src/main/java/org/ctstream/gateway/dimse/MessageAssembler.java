package org.ctstream.gateway.dimse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Set;
import org.ctstream.gateway.dimse.MessageHandler.DataSetSink;
import org.ctstream.gateway.pdu.AbortReason;
import org.ctstream.gateway.pdu.Fragment;
import org.ctstream.gateway.pdu.PduException;
import org.jspecify.annotations.Nullable;

/**
 * Puts the fragments of one association together into messages: first all of a command, then all of its data set, on one
 * presentation context, one message after the other. Anything else ends the association.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 *
 * @see "DICOM PS3.8 Annex E, PS3.7 6.3"
 */
public final class MessageAssembler {
    private final Set<Integer> contexts;
    private final MessageHandler handler;
    private ByteArrayOutputStream command = new ByteArrayOutputStream();
    private int contextId;
    private boolean inCommand;
    private @Nullable DataSetSink dataSet;

    /** @param contexts ids of the accepted presentation contexts */
    public MessageAssembler(Set<Integer> contexts, MessageHandler handler) {
        this.contexts = Set.copyOf(contexts);
        this.handler = handler;
    }

    /** Whether a message has begun that is not whole. */
    public boolean isInMessage() {
        return inCommand || dataSet != null;
    }

    /** Adds one fragment; the handler hears of what it completes. */
    public void add(Fragment fragment) throws IOException, PduException {
        if (!contexts.contains(fragment.contextId())) {
            throw wrong("presentation context " + fragment.contextId() + " was not accepted");
        }
        if (isInMessage() && fragment.contextId() != contextId) {
            throw wrong("presentation context " + fragment.contextId() + " inside a message on " + contextId);
        }
        contextId = fragment.contextId();
        if (fragment.command()) {
            addToCommand(fragment);
        } else {
            addToDataSet(fragment);
        }
    }

    /** The association ends: what is not whole will never be. */
    public void abandon() {
        DataSetSink open = dataSet;
        dataSet = null;
        if (open != null) {
            open.abandon();
        }
    }

    private void addToCommand(Fragment fragment) throws IOException, PduException {
        if (dataSet != null) {
            throw wrong("a command inside a data set");
        }
        if (command.size() + fragment.length() > CommandSet.MAX_BYTES) {
            throw wrong("a command of more than " + CommandSet.MAX_BYTES + " bytes");
        }
        inCommand = true;
        fragment.writeTo(command);
        if (fragment.last()) {
            Command whole = Command.parse(command.toByteArray());
            command = new ByteArrayOutputStream();
            inCommand = false;
            if (whole.hasDataSet()) {
                dataSet = handler.commandWithDataSet(contextId, whole);
            } else {
                handler.command(contextId, whole);
            }
        }
    }

    private void addToDataSet(Fragment fragment) throws IOException, PduException {
        DataSetSink open = dataSet;
        if (open == null) {
            throw wrong("a data set without a command");
        }
        open.take(fragment.bytes(), fragment.offset(), fragment.length());
        if (fragment.last()) {
            dataSet = null;
            open.complete();
        }
    }

    private static PduException wrong(String what) {
        return new PduException(
                AbortReason.UNEXPECTED_PARAMETER, "P-DATA-TF: " + what + " (expected: whole messages, one by one)");
    }
}
