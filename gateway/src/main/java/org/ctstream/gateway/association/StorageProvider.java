package org.ctstream.gateway.association;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.ctstream.gateway.dimse.Command;
import org.ctstream.gateway.dimse.MessageHandler;
import org.ctstream.gateway.dimse.Response;
import org.ctstream.gateway.dimse.Status;
import org.ctstream.gateway.intake.FileMeta;
import org.ctstream.gateway.intake.MemoryBudget;
import org.ctstream.gateway.intake.ObjectBuffer;
import org.ctstream.gateway.intake.ScanStore;
import org.ctstream.gateway.metrics.GatewayMeters;
import org.ctstream.gateway.pdu.PduWriter;
import org.ctstream.gateway.pdu.Uids;

/**
 * Answers the requests of one association: C-STORE by what the store says, C-ECHO with success, everything else with a
 * status that says what is done here.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 *
 * @see "DICOM PS3.4 A (Verification) and B (Storage Service Class)"
 */
final class StorageProvider implements MessageHandler {
    private final Map<Integer, AgreedContext> contexts;
    private final Parties parties;
    private final PduWriter writer;
    private final long peerMaximum;
    private final ScanStore store;
    private final MemoryBudget memory;
    private final long objectBytes;
    private final GatewayMeters meters;

    StorageProvider(
            Negotiation.Decision.Accepted agreed,
            PduWriter writer,
            long peerMaximum,
            ScanStore store,
            MemoryBudget memory,
            long objectBytes,
            GatewayMeters meters) {
        this.contexts = agreed.contexts();
        this.parties = agreed.parties();
        this.writer = writer;
        this.peerMaximum = peerMaximum;
        this.store = store;
        this.memory = memory;
        this.objectBytes = objectBytes;
        this.meters = meters;
    }

    @Override
    public void command(int contextId, Command command) throws IOException {
        if (command instanceof Command.Echo) {
            answer(contextId, command, Status.SUCCESS);
        } else if (!(command instanceof Command.Cancel)) {
            answer(contextId, command, Status.UNRECOGNIZED_OPERATION);
        }
    }

    @Override
    public DataSetSink commandWithDataSet(int contextId, Command command) {
        if (!(command instanceof Command.Store wanted)) {
            return discarding(contextId, command, Status.UNRECOGNIZED_OPERATION);
        }
        // The assembler has let through accepted contexts alone.
        AgreedContext context = Objects.requireNonNull(contexts.get(contextId));
        if (!wanted.sopClassUid().equals(context.abstractSyntax())
                || wanted.sopClassUid().equals(Negotiation.VERIFICATION)) {
            return discarding(contextId, command, Status.SOP_CLASS_NOT_SUPPORTED);
        }
        if (!Uids.isUid(wanted.sopInstanceUid())) {
            return discarding(contextId, command, Status.INVALID_SOP_INSTANCE);
        }
        return new StoreSink(
                new FileMeta(wanted.sopClassUid(), wanted.sopInstanceUid(), context.transferSyntax()),
                parties,
                new ObjectBuffer(memory, objectBytes),
                store,
                meters,
                status -> answer(contextId, command, status));
    }

    private void answer(int contextId, Command command, Status status) throws IOException {
        writer.command(contextId, Response.to(command, status), peerMaximum);
    }

    private DataSetSink discarding(int contextId, Command command, Status status) {
        return new DataSetSink() {
            @Override
            public void take(byte[] bytes, int offset, int length) {
                // Nobody wants it.
            }

            @Override
            public void complete() throws IOException {
                answer(contextId, command, status);
            }

            @Override
            public void abandon() {
                // Nothing was kept.
            }
        };
    }
}
