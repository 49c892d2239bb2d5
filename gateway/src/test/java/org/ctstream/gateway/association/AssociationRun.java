package org.ctstream.gateway.association;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.ctstream.gateway.Peer;
import org.ctstream.gateway.intake.MemoryBudget;
import org.ctstream.gateway.intake.Outcome;
import org.ctstream.gateway.intake.ReceivedObject;
import org.ctstream.gateway.metrics.GatewayMeters;
import org.ctstream.service.metrics.Metrics;

/** One association from first to last byte, without a network; a tenth of a second is its whole patience. */
final class AssociationRun {
    static final long OBJECT_BYTES = 4_096;

    private static final GatewayMeters METERS = new GatewayMeters(new Metrics("gateway"));
    private static final AssociationSettings SETTINGS = new AssociationSettings(
            1, 8_192, Duration.ofMillis(100), Duration.ofMillis(100), Duration.ofMillis(100), OBJECT_BYTES);
    private static final Negotiation NEGOTIATION = new Negotiation(
            Callers.of(List.of("CTSTREAM"), List.of("CT1"), List.of()),
            Set.of(Peer.CT),
            List.of(Peer.IMPLICIT, Peer.EXPLICIT));

    private final MemoryBudget memory = new MemoryBudget(1 << 20);
    private final Semaphore slots = new Semaphore(1);
    private final List<ReceivedObject> stored = new ArrayList<>();
    private final byte[] told;

    /** Runs it with all the peer says. */
    AssociationRun(byte[] said) {
        var connection = new FakeConnection(said);
        var shared = new Association.Shared(
                NEGOTIATION,
                SETTINGS,
                slots,
                object -> {
                    stored.add(object);
                    return new Outcome.Stored("scan");
                },
                memory,
                METERS,
                System::nanoTime);
        try {
            new Association(connection, shared).run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.told = connection.told();
    }

    /** What the peer was told. */
    byte[] told() {
        return told;
    }

    /** What was handed to the store. */
    List<ReceivedObject> stored() {
        return stored;
    }

    /** Memory and slots that were not given back. */
    long leaked() {
        return memory.taken() + 1 - slots.availablePermits();
    }
}
