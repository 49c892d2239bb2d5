package org.ctstream.embedded.broker;

import java.util.List;
import org.ctstream.embedded.part.DirectoryLock;
import org.ctstream.embedded.part.EmbeddedException;
import org.ctstream.embedded.part.PortTakenException;
import org.ctstream.embedded.part.Ports;
import org.ctstream.embedded.security.ScramLogin;
import org.ctstream.embedded.security.StackUser;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker inside this JVM: the genuine server classes in KRaft mode, broker and controller in one node.
 *
 * <p>Data stays in the directory; {@link #start()} after {@link #stop()} finds it again, on the same ports. Kafka halts
 * the JVM on a fatal fault such as a failing disk; where that must not happen use {@link BrokerProcess}. Kafka's threads
 * keep the JVM alive until {@link #stop()}.
 *
 * <h2>Thread safety</h2>
 * Safe for use by several threads.
 */
public final class EmbeddedBroker implements Broker {

    private final EmbeddedBrokerSettings settings;
    private BrokerPorts ports;
    private @Nullable KraftNode node;
    private @Nullable DirectoryLock lock;

    public EmbeddedBroker(EmbeddedBrokerSettings settings) {
        this.settings = settings;
        this.ports = BrokerPorts.asked(settings);
    }

    /** @throws ClusterIdMismatchException if the directory has another cluster id than the settings ask for */
    @Override
    public synchronized void start() {
        if (node != null) {
            throw new IllegalStateException("The broker is running on " + bootstrapServers());
        }
        DirectoryLock taken = DirectoryLock.acquire(settings.dataDirectory(), DirectoryLock.PATIENCE);
        try {
            String clusterId = ClusterIdentity.resolve(settings.dataDirectory(), settings.clusterId());
            SecurityMark.check(
                    settings.dataDirectory(),
                    ClusterIdentity.read(settings.dataDirectory()) != null,
                    settings.securityDirectory() != null);
            node = ports.complete() ? startOn(ports, clusterId) : startOnFreePorts(clusterId);
            lock = taken;
        } finally {
            if (lock == null) {
                taken.close();
            }
        }
    }

    @Override
    public synchronized void stop() {
        try {
            if (node != null) {
                node.stop();
            }
        } finally {
            node = null;
            if (lock != null) {
                lock.close();
                lock = null;
            }
        }
    }

    @Override
    public void kill() {
        throw new UnsupportedOperationException(
                "A broker inside this JVM cannot be killed alone; run it as a BrokerProcess");
    }

    @Override
    public synchronized boolean isRunning() {
        return node != null;
    }

    @Override
    public String bootstrapServers() {
        return ports().bootstrapServers(settings.host());
    }

    synchronized BrokerPorts ports() {
        if (!ports.complete()) {
            throw new IllegalStateException("The broker has no port before its first start");
        }
        return ports;
    }

    /** The broker's own password, which it needs before anybody can give it one. */
    private List<String> firstUsers() {
        String broker = StackUser.BROKER.name();
        return settings.security()
                .map(folder -> List.of(ScramLogin.formatArgument(broker, folder.password(broker))))
                .orElse(List.of());
    }

    private KraftNode startOnFreePorts(String clusterId) {
        PortTakenException clash = null;
        for (int attempt = 0; attempt < Ports.ATTEMPTS; attempt++) {
            BrokerPorts candidate = ports.chosen(settings.host());
            try {
                KraftNode started = startOn(candidate, clusterId);
                ports = candidate;
                return started;
            } catch (PortTakenException e) {
                if (e.port() == ports.broker() || e.port() == ports.controller()) {
                    throw e; // a port the caller asked for: another attempt finds it taken again
                }
                clash = e;
            }
        }
        throw new EmbeddedException(
                "The free ports found for the broker were taken " + Ports.ATTEMPTS
                        + " times before it could listen. Name ports that are reserved for it.",
                clash);
    }

    private KraftNode startOn(BrokerPorts candidate, String clusterId) {
        candidate.requireFree(settings.host());
        try {
            return KraftNode.start(
                    BrokerConfiguration.of(settings, candidate), settings.dataDirectory(), clusterId, firstUsers());
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            // Kafka's own error names only the acceptors, so whether a port was the cause is asked again here.
            candidate.requireFree(settings.host());
            throw new EmbeddedException(
                    "The broker did not start on " + candidate.bootstrapServers(settings.host()) + " with data in "
                            + settings.dataDirectory() + " (" + e + ")",
                    e);
        }
    }
}
