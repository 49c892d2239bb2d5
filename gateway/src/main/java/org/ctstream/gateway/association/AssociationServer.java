package org.ctstream.gateway.association;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.ctstream.gateway.association.Association.Shared;
import org.ctstream.gateway.intake.MemoryBudget;
import org.ctstream.gateway.intake.ScanStore;
import org.ctstream.gateway.metrics.GatewayMeters;
import org.ctstream.service.tls.ServerTls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The DICOM port: a thread that accepts connections and one for each of them, within bounds.
 *
 * <h2>Thread safety</h2>
 * Owns its threads; its methods are for one other.
 */
public final class AssociationServer implements AutoCloseable {
    /** Connections beyond the associations: to be told that there are too many, which needs reading a request. */
    static final int OVERFLOW = 8;

    private static final Logger log = LoggerFactory.getLogger(AssociationServer.class);
    private static final int BACKLOG = 50;
    private static final int LINGER_SECONDS = 1;
    private static final long PAUSE_AFTER_FAILURE_MS = 100;

    private final ServerSocket listener;
    private final Shared shared;
    private final Set<Association> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(task, "association");
        thread.setDaemon(true);
        return thread;
    });

    private AssociationServer(ServerSocket listener, Shared shared) {
        this.listener = listener;
        this.shared = shared;
        shared.meters().connections(open, Set::size);
    }

    /**
     * Opens the port.
     *
     * @throws IOException if the port is taken or the address is not ours
     * @throws IllegalArgumentException if an AE title is none
     */
    public static AssociationServer open(
            DicomPort port,
            AssociationSettings settings,
            ScanStore store,
            MemoryBudget memory,
            GatewayMeters meters,
            LongSupplier nanoTime)
            throws IOException {
        var negotiation = new Negotiation(port.callers(), port.sopClasses(), port.transferSyntaxes());
        var slots = new Semaphore(settings.most());
        var shared = new Shared(negotiation, settings, slots, store, memory, meters, nanoTime);
        ServerSocket listener = listener(port);
        try {
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(InetAddress.getByName(port.host()), port.port()), BACKLOG);
        } catch (IOException e) {
            listener.close();
            throw e;
        }
        var server = new AssociationServer(listener, shared);
        server.threads.execute(server::acceptAgainAndAgain);
        return server;
    }

    private static ServerSocket listener(DicomPort port) throws IOException {
        if (port.tls().isEmpty()) {
            return new ServerSocket();
        }
        var secure = (SSLServerSocket) port.tls().get().getServerSocketFactory().createServerSocket();
        secure.setEnabledProtocols(ServerTls.PROTOCOLS.toArray(String[]::new));
        secure.setNeedClientAuth(port.clientCertificates());
        return secure;
    }

    /** The port that was opened, also where 0 was asked for. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Connections that are open now. */
    public int connections() {
        return open.size();
    }

    /** Cuts connections that hang where no time-out of a socket reaches; to be called now and then. */
    public void cutHanging() {
        open.stream().filter(Association::hangs).forEach(association -> {
            log.atWarn().log("A connection hangs and is cut");
            association.cut();
        });
    }

    /**
     * Accepts nobody any more, ends associations between messages, and waits for those inside one.
     *
     * @return whether all ended in time
     */
    public boolean stop(Duration wait) throws InterruptedException {
        stopped.countDown();
        closeListener();
        open.forEach(Association::requestEnd);
        threads.shutdown();
        return threads.awaitTermination(wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Cuts what is still open. */
    @Override
    public void close() {
        stopped.countDown();
        closeListener();
        threads.shutdown();
        open.forEach(Association::cut);
    }

    private void acceptAgainAndAgain() {
        while (stopped.getCount() > 0) {
            try {
                accepted(listener.accept());
            } catch (IOException | RuntimeException e) {
                if (stopped.getCount() > 0) {
                    log.atWarn().setCause(e).log("A connection could not be accepted");
                    pause();
                }
            }
        }
    }

    private void accepted(Socket socket) {
        Association association;
        try {
            if (open.size() >= shared.settings().most() + OVERFLOW) {
                shared.meters().association("too-many");
                socket.close();
                return;
            }
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            if (socket instanceof SSLSocket) {
                // Or closing would wait for a write that hangs, to say goodbye.
                socket.setSoLinger(true, LINGER_SECONDS);
            }
            association = new Association(socket, shared);
        } catch (IOException e) {
            log.atDebug().setCause(e).log("A connection was gone before it was looked at");
            return;
        }
        open.add(association);
        try {
            threads.execute(() -> {
                try {
                    association.run();
                } finally {
                    open.remove(association);
                }
            });
        } catch (RejectedExecutionException e) {
            open.remove(association);
            association.cut();
        }
        if (stopped.getCount() == 0) {
            association.requestEnd();
        }
    }

    private void pause() {
        try {
            var unused = stopped.await(PAUSE_AFTER_FAILURE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeListener() {
        try {
            listener.close();
        } catch (IOException e) {
            log.atDebug().setCause(e).log("The port did not close");
        }
    }
}
