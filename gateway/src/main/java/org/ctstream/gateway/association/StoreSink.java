package org.ctstream.gateway.association;

import java.io.IOException;
import java.util.Optional;
import org.ctstream.gateway.dimse.MessageHandler.DataSetSink;
import org.ctstream.gateway.dimse.Status;
import org.ctstream.gateway.intake.FileMeta;
import org.ctstream.gateway.intake.ObjectBuffer;
import org.ctstream.gateway.intake.Outcome;
import org.ctstream.gateway.intake.ReceivedObject;
import org.ctstream.gateway.intake.ScanStore;
import org.ctstream.gateway.metrics.GatewayMeters;
import org.ctstream.gateway.metrics.Protocol;

/** Gathers the data set of a C-STORE behind its file meta information, has it stored, and answers. For one thread. */
final class StoreSink implements DataSetSink {
    /** Sends the answer to the request. */
    interface Answer {
        void send(Status status) throws IOException;
    }

    private final FileMeta meta;
    private final Parties parties;
    private final ObjectBuffer buffer;
    private final ScanStore store;
    private final GatewayMeters meters;
    private final Answer answer;

    StoreSink(
            FileMeta meta, Parties parties, ObjectBuffer buffer, ScanStore store, GatewayMeters meters, Answer answer) {
        this.meta = meta;
        this.parties = parties;
        this.buffer = buffer;
        this.store = store;
        this.meters = meters;
        this.answer = answer;
        byte[] head = meta.bytes();
        buffer.append(head, 0, head.length);
    }

    @Override
    public void take(byte[] bytes, int offset, int length) {
        buffer.append(bytes, offset, length);
        meters.received(Protocol.C_STORE, length);
    }

    @Override
    public void complete() throws IOException {
        answer.send(status(stored()));
    }

    @Override
    public void abandon() {
        buffer.close();
        meters.object(Protocol.C_STORE, "abandoned");
    }

    private Outcome stored() {
        try (buffer) {
            Optional<Outcome.Refused> refused = buffer.refused();
            if (refused.isPresent()) {
                meters.object(Protocol.C_STORE, refused.get().word());
                return refused.get();
            }
            return store.store(new ReceivedObject(
                    buffer.whole(),
                    meta,
                    Optional.empty(),
                    parties.calling().text(),
                    parties.priority(),
                    Protocol.C_STORE));
        }
    }

    private static Status status(Outcome outcome) {
        return outcome instanceof Outcome.Refused refused
                ? new Status(refused.reason().status(), refused.comment())
                : Status.SUCCESS;
    }
}
