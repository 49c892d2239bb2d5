package org.ctstream.gateway.association;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.ctstream.gateway.association.Negotiation.Decision;
import org.ctstream.gateway.dimse.MessageAssembler;
import org.ctstream.gateway.intake.MemoryBudget;
import org.ctstream.gateway.intake.ScanStore;
import org.ctstream.gateway.metrics.GatewayMeters;
import org.ctstream.gateway.pdu.AbortReason;
import org.ctstream.gateway.pdu.Fragment;
import org.ctstream.gateway.pdu.Pdu;
import org.ctstream.gateway.pdu.PduException;
import org.ctstream.gateway.pdu.PduReader;
import org.ctstream.gateway.pdu.PduWriter;
import org.ctstream.gateway.pdu.Rejection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one connection: wait for a request, accept or reject it, take messages, release or abort, wait for the peer to
 * close. Whatever the peer sends, it ends in one of these ways and takes nobody else along.
 *
 * <h2>Thread safety</h2>
 * Runs on a thread of its own; {@link #requestEnd}, {@link #hangs} and {@link #cut} are for any.
 *
 * @see "DICOM PS3.8 9.2, the acceptor's states Sta2, Sta3, Sta6 and Sta13"
 */
final class Association implements Runnable {
    /** What the thread is doing, as far as an end from outside is concerned. */
    private enum Phase {
        /** No association yet. */
        NEW,
        /** Between two messages: may be ended at once. */
        WAITING,
        /** Inside a message: is finished first. */
        BUSY,
        ENDED
    }

    private static final Logger log = LoggerFactory.getLogger(Association.class);
    private static final int BUFFER = 64 * 1024;
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Socket socket;
    private final TimedInput input;
    private final TimedOutput output;
    private final PduReader reader;
    private final PduWriter writer;
    private final Negotiation negotiation;
    private final AssociationSettings settings;
    private final Semaphore slots;
    private final ScanStore store;
    private final MemoryBudget memory;
    private final GatewayMeters meters;
    private final LongSupplier nanoTime;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.NEW);
    private long messageEnds;
    private volatile boolean ending;

    /** What the associations of one server share. */
    record Shared(
            Negotiation negotiation,
            AssociationSettings settings,
            Semaphore slots,
            ScanStore store,
            MemoryBudget memory,
            GatewayMeters meters,
            LongSupplier nanoTime) {}

    Association(Socket socket, Shared shared) throws IOException {
        this.socket = socket;
        this.negotiation = shared.negotiation();
        this.settings = shared.settings();
        this.slots = shared.slots();
        this.store = shared.store();
        this.memory = shared.memory();
        this.meters = shared.meters();
        this.nanoTime = shared.nanoTime();
        this.input = new TimedInput(socket, new BufferedInputStream(socket.getInputStream(), BUFFER), nanoTime);
        this.output = new TimedOutput(socket.getOutputStream(), nanoTime);
        this.reader = new PduReader(input, settings.longestData());
        this.writer = new PduWriter(output);
    }

    @Override
    public void run() {
        try {
            request();
        } catch (PduException e) {
            end("malformed", e.getMessage());
            abort(e.reason());
        } catch (SocketTimeoutException e) {
            end("timed-out", e.getMessage());
            abort(AbortReason.NOT_SPECIFIED);
        } catch (IOException e) {
            if (phase.get() != Phase.ENDED) {
                end("lost", e.getMessage());
            }
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("An association failed");
            meters.association("failed");
            abort(AbortReason.NOT_SPECIFIED);
        } finally {
            phase.set(Phase.ENDED);
            cut();
        }
    }

    /** Ends it: at once between two messages, else behind the one that is coming in. */
    void requestEnd() {
        ending = true;
        if (phase.compareAndSet(Phase.NEW, Phase.ENDED)) {
            cut();
        }
        endIfWaiting();
    }

    /** Whether the peer has not read an answer for too long, or sends within TLS so slowly that no time-out sees it. */
    boolean hangs() {
        return output.hangsFor(settings.idle()) || input.isOverdue(GRACE);
    }

    /** Closes the connection without a word. */
    void cut() {
        try {
            socket.close();
        } catch (IOException e) {
            log.atDebug().setCause(e).log("A connection did not close");
        }
    }

    private void request() throws IOException, PduException {
        input.allow(settings.artim());
        Pdu first = reader.read();
        if (first == null || first instanceof Pdu.Abort) {
            meters.association("closed");
            return;
        }
        if (!(first instanceof Pdu.AssociateRequest request)) {
            throw new PduException(
                    AbortReason.UNEXPECTED_PDU, first.name() + " (expected: A-ASSOCIATE-RQ, the first PDU)");
        }
        Decision decision = negotiation.decide(request);
        if (decision instanceof Decision.Rejected rejected) {
            reject(rejected.why(), request);
        } else if (decision instanceof Decision.Accepted accepted) {
            if (!slots.tryAcquire()) {
                reject(Rejection.LOCAL_LIMIT_EXCEEDED, request);
                return;
            }
            try {
                serve(request, accepted);
            } finally {
                slots.release();
            }
        }
    }

    private void reject(Rejection why, Pdu.AssociateRequest request) throws IOException {
        meters.association(why.word());
        log.atWarn()
                .addKeyValue("calling", AeTitle.printable(request.callingTitle()))
                .addKeyValue("called", AeTitle.printable(request.calledTitle()))
                .addKeyValue("reason", why.word())
                .log("Association rejected");
        writer.reject(why);
        awaitClose();
    }

    private void serve(Pdu.AssociateRequest request, Decision.Accepted agreed) throws IOException, PduException {
        meters.association("accepted");
        log.atDebug().addKeyValue("calling", agreed.parties().calling()).log("Association accepted");
        writer.accept(request, agreed.answers(), settings.longestData());
        var provider = new StorageProvider(
                agreed, writer, request.maximumLength(), store, memory, settings.objectBytes(), meters);
        var messages = new MessageAssembler(agreed.contexts().keySet(), provider);
        try {
            if (phase.compareAndSet(Phase.NEW, Phase.WAITING)) {
                takeMessages(messages);
            }
        } finally {
            messages.abandon();
        }
    }

    private void takeMessages(MessageAssembler messages) throws IOException, PduException {
        if (ending) {
            endIfWaiting();
        }
        for (Pdu pdu = next(); pdu != null; pdu = next()) {
            if (pdu instanceof Pdu.DataTransfer data) {
                for (Fragment fragment : data.fragments()) {
                    messages.add(fragment);
                }
            } else if (pdu instanceof Pdu.ReleaseRequest) {
                writer.releaseResponse();
                awaitClose();
                return;
            } else if (pdu instanceof Pdu.Abort) {
                meters.association("aborted");
                return;
            } else {
                throw new PduException(
                        AbortReason.UNEXPECTED_PDU, pdu.name() + " (expected: P-DATA-TF or A-RELEASE-RQ)");
            }
            if (!messages.isInMessage()) {
                phase.compareAndSet(Phase.BUSY, Phase.WAITING);
                if (ending) {
                    endIfWaiting();
                }
            }
        }
    }

    /** The next data unit; null if the connection is closed or the association ended from outside. */
    private @Nullable Pdu next() throws IOException, PduException {
        input.allow(patience());
        int type = reader.awaitType();
        if (type < 0) {
            return null;
        }
        if (phase.compareAndSet(Phase.WAITING, Phase.BUSY)) {
            messageEnds = nanoTime.getAsLong() + settings.message().toNanos();
        } else if (phase.get() == Phase.ENDED) {
            return null;
        }
        input.allow(patience());
        return reader.readRest(type);
    }

    /** How long the peer may take for what comes next: within a message never more than is left for the whole of it. */
    private Duration patience() {
        if (phase.get() != Phase.BUSY) {
            return settings.idle();
        }
        Duration left = Duration.ofNanos(messageEnds - nanoTime.getAsLong());
        return left.compareTo(settings.idle()) < 0 ? left : settings.idle();
    }

    private void endIfWaiting() {
        if (phase.compareAndSet(Phase.WAITING, Phase.ENDED)) {
            meters.association("ended");
            abortQuietly(AbortReason.NOT_SPECIFIED);
            cut();
        }
    }

    private void end(String outcome, @Nullable String why) {
        meters.association(outcome);
        log.atWarn().addKeyValue("outcome", outcome).addKeyValue("reason", why).log("Association ended");
    }

    private void abort(AbortReason reason) {
        if (phase.getAndSet(Phase.ENDED) != Phase.ENDED && abortQuietly(reason)) {
            try {
                awaitClose();
            } catch (IOException e) {
                log.atDebug().setCause(e).log("The peer did not close");
            }
        }
    }

    private boolean abortQuietly(AbortReason reason) {
        try {
            writer.abort(reason);
            return true;
        } catch (IOException e) {
            log.atDebug().setCause(e).log("The peer is gone");
            return false;
        }
    }

    /** State 13: the peer closes, and what it still sends is not looked at. */
    private void awaitClose() throws IOException {
        input.allow(settings.artim());
        byte[] ignored = new byte[BUFFER];
        try {
            while (input.read(ignored, 0, ignored.length) >= 0) {
                // Nothing of it matters any more.
            }
        } catch (SocketTimeoutException e) {
            log.atDebug().addKeyValue("artim", settings.artim()).log("The peer did not close in time");
        }
    }
}
