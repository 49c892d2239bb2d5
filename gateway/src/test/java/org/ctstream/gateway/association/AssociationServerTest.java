package org.ctstream.gateway.association;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.ctstream.gateway.Peer;
import org.ctstream.gateway.Peer.Context;
import org.ctstream.gateway.intake.MemoryBudget;
import org.ctstream.gateway.intake.Outcome;
import org.ctstream.gateway.intake.Reason;
import org.ctstream.gateway.intake.ScanStore;
import org.ctstream.gateway.metrics.GatewayMeters;
import org.ctstream.service.metrics.Metrics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The DICOM port on loopback, with a requestor that sends bytes. */
class AssociationServerTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final ScanStore STORING = object -> new Outcome.Stored("scan");

    private final Metrics metrics = new Metrics("gateway");
    private final MemoryBudget memory = new MemoryBudget(1 << 20);
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    @Test
    void echoAndStoreAreAnsweredAndReleased() throws Exception {
        var peer = connect(serve(STORING, LONG));
        peer.say(Peer.usualRequest());
        assertThat(peer.hear()).startsWith(2);
        peer.say(Peer.data(1, true, true, Peer.echo(1)));
        assertThat(peer.hearStatus()).isZero();
        peer.say(Peer.join(
                Peer.data(3, true, true, Peer.store(2, Peer.CT, "1.2.3")), Peer.data(3, false, true, new byte[10])));
        assertThat(peer.hearStatus()).isZero();
        peer.say(Peer.release());
        assertThat(peer.hear()).startsWith(6);
    }

    @Test
    void refusedObjectGetsItsStatusAndTheAssociationGoesOn() throws Exception {
        var peer = connect(serve(object -> new Outcome.Refused(Reason.UNAVAILABLE, "Kafka is away"), LONG));
        peer.say(Peer.usualRequest());
        assertThat(peer.hear()).startsWith(2);

        peer.say(Peer.join(
                Peer.data(3, true, true, Peer.store(2, Peer.CT, "1.2.3")), Peer.data(3, false, true, new byte[10])));
        assertThat(peer.hearStatus()).isEqualTo(0xA700);
        peer.say(Peer.data(1, true, true, Peer.echo(3)));
        assertThat(peer.hearStatus()).isZero();
    }

    @Test
    void objectOverTheLimitIsRefusedForGoodAndTheNextOneTaken() throws Exception {
        var peer = connect(serve(STORING, LONG));
        peer.say(Peer.usualRequest());
        assertThat(peer.hear()).startsWith(2);

        peer.say(Peer.join(
                Peer.data(3, true, true, Peer.store(1, Peer.CT, "1.2.3")),
                Peer.data(3, false, false, new byte[8_000]),
                Peer.data(3, false, true, new byte[8_000])));
        assertThat(peer.hearStatus()).isEqualTo(0xC001);
        peer.say(Peer.join(
                Peer.data(3, true, true, Peer.store(2, Peer.CT, "1.2.3")), Peer.data(3, false, true, new byte[8_000])));
        assertThat(peer.hearStatus()).isZero();
        assertThat(memory.taken()).isZero();
    }

    @Test
    void objectThatFindsNoMemoryIsRefusedForTheTimeBeing() throws Exception {
        var server = serve(STORING, LONG, new MemoryBudget(1_000));
        var peer = connect(server);
        peer.say(Peer.usualRequest());
        assertThat(peer.hear()).startsWith(2);

        peer.say(Peer.join(
                Peer.data(3, true, true, Peer.store(1, Peer.CT, "1.2.3")), Peer.data(3, false, true, new byte[100])));

        assertThat(peer.hearStatus()).isEqualTo(0xA702);
    }

    @Test
    void wrongRequestsGetStatusesAndNothingIsStored() throws Exception {
        var peer = connect(serve(
                object -> {
                    throw new AssertionError("must not be stored");
                },
                LONG));
        peer.say(Peer.usualRequest());
        assertThat(peer.hear()).startsWith(2);

        // On the context of another kind of object, with a name that is none, and what is done nowhere here.
        peer.say(Peer.join(
                Peer.data(3, true, true, Peer.store(1, "1.2.840.10008.5.1.4.1.1.4", "1.2.3")),
                Peer.data(3, false, true, new byte[10])));
        assertThat(peer.hearStatus()).isEqualTo(0x0122);
        peer.say(Peer.join(
                Peer.data(3, true, true, Peer.store(2, Peer.CT, "../../etc")),
                Peer.data(3, false, true, new byte[10])));
        assertThat(peer.hearStatus()).isEqualTo(0x0117);
        peer.say(Peer.join(
                Peer.data(3, true, true, Peer.command(Peer.CT, 0x20, 3, 0, "")),
                Peer.data(3, false, true, new byte[10])));
        assertThat(peer.hearStatus()).isEqualTo(0x0211);
    }

    @Test
    void unknownCallerIsRejectedForGood() throws Exception {
        var peer = connect(serve(STORING, LONG));

        peer.say(Peer.request("CTSTREAM", "STRANGER", 0, List.of(Context.of(1, Peer.CT, Peer.EXPLICIT))));

        assertThat(peer.hear()).containsExactly(3, 0, 0, 0, 0, 4, 0, 1, 1, 3);
        assertThat(count("calling-title")).isOne();
    }

    @Test
    void oneAssociationTooManyIsRejectedForTheTimeBeing() throws Exception {
        var server = serve(STORING, LONG);
        for (int i = 0; i < 2; i++) {
            var peer = connect(server);
            peer.say(Peer.usualRequest());
            assertThat(peer.hear()).startsWith(2);
        }

        var third = connect(server);
        third.say(Peer.usualRequest());

        assertThat(third.hear()).containsExactly(3, 0, 0, 0, 0, 4, 0, 2, 3, 2);
    }

    @Test
    void connectionsFarBeyondTheLimitAreClosedUnheard() throws Exception {
        var server = serve(STORING, LONG);
        for (int i = 0; i < 2 + AssociationServer.OVERFLOW; i++) {
            connect(server);
        }
        await().until(() -> server.connections() == 2 + AssociationServer.OVERFLOW);

        assertThat(connect(server).isClosed()).isTrue();
        assertThat(count("too-many")).isOne();
    }

    @Test
    void peerThatSaysNothingIsCutByArtim() throws Exception {
        assertThat(connect(serve(STORING, SHORT)).hear()).startsWith(7);
    }

    @Test
    void peerThatDripsGainsNoTime() throws Exception {
        var peer = connect(serve(STORING, SHORT));
        byte[] request = Peer.usualRequest();
        CompletableFuture<Void> dripping = drip(
                peer,
                IntStream.range(0, request.length)
                        .mapToObj(i -> new byte[] {request[i]})
                        .toList());

        assertThat(peer.hear()).startsWith(7);
        assertThat(count("timed-out")).isOne();
        dripping.join();
    }

    @Test
    void messageThatDripsIsAbortedAndItsMemoryGivenBack() throws Exception {
        var peer = connect(serve(STORING, LONG, SHORT, memory));
        peer.say(Peer.usualRequest());
        assertThat(peer.hear()).startsWith(2);
        peer.say(Peer.data(3, true, true, Peer.store(1, Peer.CT, "1.2.3")));
        CompletableFuture<Void> dripping = drip(peer, Collections.nCopies(50, Peer.data(3, false, false, new byte[1])));

        assertThat(peer.hear()).startsWith(7);
        assertThat(count("timed-out")).isOne();
        dripping.join();
        assertThat(memory.taken()).isZero();
    }

    @Test
    void idleAssociationIsAborted() throws Exception {
        var peer = connect(serve(STORING, SHORT));
        peer.say(Peer.usualRequest());
        assertThat(peer.hear()).startsWith(2);

        assertThat(peer.hear()).startsWith(7);
    }

    @Test
    void malformedDataUnitAbortsItsAssociationAndNoOther() throws Exception {
        var server = serve(STORING, LONG);
        var good = connect(server);
        good.say(Peer.usualRequest());
        assertThat(good.hear()).startsWith(2);
        var bad = connect(server);
        bad.say(new byte[] {0x42, 0, 0, 0, 0, 1, 0});

        assertThat(bad.hear()).containsExactly(7, 0, 0, 0, 0, 4, 0, 0, 2, 1);
        good.say(Peer.data(1, true, true, Peer.echo(1)));
        assertThat(good.hearStatus()).isZero();
    }

    @Test
    void stopAbortsWhoWaitsAnswersWhatIsComingInAndLetsNobodyElseIn() throws Exception {
        var inside = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var server = serve(
                object -> {
                    inside.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return new Outcome.Stored("scan");
                },
                LONG);
        var waiting = connect(server);
        waiting.say(Peer.usualRequest());
        assertThat(waiting.hear()).startsWith(2);
        var busy = connect(server);
        busy.say(Peer.usualRequest());
        assertThat(busy.hear()).startsWith(2);
        busy.say(Peer.join(
                Peer.data(3, true, true, Peer.store(2, Peer.CT, "1.2.3")), Peer.data(3, false, true, new byte[10])));
        inside.await();

        CompletableFuture<Boolean> stopped = CompletableFuture.supplyAsync(() -> {
            try {
                return server.stop(LONG);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        });

        assertThat(waiting.hear()).startsWith(7);
        assertThat(stopped).isNotDone();
        goOn.countDown();
        assertThat(busy.hearStatus()).isZero();
        assertThat(busy.hear()).startsWith(7);
        assertThat(stopped.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(server.connections()).isZero();
    }

    /** Says one after the other, with pauses, until it is cut off or has no more. */
    private static CompletableFuture<Void> drip(Requestor peer, List<byte[]> drops) {
        return CompletableFuture.runAsync(() -> {
            try {
                for (byte[] drop : drops) {
                    peer.say(drop);
                    var unused = new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
                }
            } catch (IOException e) {
                // It is cut off.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private double count(String outcome) {
        return metrics.registry()
                .counter("ctstream.gateway.associations", "outcome", outcome)
                .count();
    }

    private AssociationServer serve(ScanStore store, Duration patience) throws IOException {
        return serve(store, patience, memory);
    }

    private AssociationServer serve(ScanStore store, Duration patience, MemoryBudget budget) throws IOException {
        return serve(store, patience, LONG, budget);
    }

    private AssociationServer serve(ScanStore store, Duration patience, Duration message, MemoryBudget budget)
            throws IOException {
        var port = new DicomPort(
                "127.0.0.1",
                0,
                List.of("CTSTREAM"),
                List.of("CT1"),
                List.of(),
                Set.of(Peer.CT),
                List.of(Peer.IMPLICIT, Peer.EXPLICIT),
                Optional.empty(),
                false);
        var settings = new AssociationSettings(2, 16_384, patience, patience, message, 10_000);
        var server =
                AssociationServer.open(port, settings, store, budget, new GatewayMeters(metrics), System::nanoTime);
        open.add(server);
        return server;
    }

    private Requestor connect(AssociationServer server) throws IOException {
        var requestor = new Requestor(new Socket(InetAddress.getLoopbackAddress(), server.port()));
        open.add(0, requestor);
        return requestor;
    }

    /** Says bytes and hears data units. */
    private record Requestor(Socket socket) implements AutoCloseable {
        void say(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
        }

        byte[] hear() throws IOException {
            socket.setSoTimeout(20_000);
            byte[] head = socket.getInputStream().readNBytes(6);
            assertThat(head).hasSize(6);
            byte[] body = socket.getInputStream()
                    .readNBytes(ByteBuffer.wrap(head, 2, 4).getInt());
            return Peer.join(head, body);
        }

        /** The status of a response: the two bytes behind the head of element (0000,0900). */
        int hearStatus() throws IOException {
            byte[] pdu = hear();
            assertThat(pdu).startsWith(4);
            for (int i = 12; i + 9 < pdu.length; i++) {
                if (pdu[i] == 0 && pdu[i + 1] == 0 && pdu[i + 2] == 0 && pdu[i + 3] == 9 && pdu[i + 4] == 2) {
                    return (pdu[i + 8] & 0xFF) | (pdu[i + 9] & 0xFF) << 8;
                }
            }
            throw new AssertionError("a response without a status");
        }

        boolean isClosed() throws IOException {
            socket.setSoTimeout(20_000);
            return socket.getInputStream().read() < 0;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
