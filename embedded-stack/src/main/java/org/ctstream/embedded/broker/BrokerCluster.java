package org.ctstream.embedded.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ctstream.embedded.part.Ports;

/**
 * Kafka nodes on this machine that replicate each other's records: each is broker and controller in a JVM of its own, to be
 * killed and started by itself. With three or more, every record is on three, and a write needs two of them.
 *
 * <p>The data stays in the directory; a new cluster of as many nodes on it goes on with it, on other ports.
 *
 * <h2>Thread safety</h2>
 * Safe for use by several threads.
 */
public final class BrokerCluster implements AutoCloseable {

    /** Compiled by the quick compiler alone: a node that was killed is back sooner. */
    private static final List<String> JVM_ARGUMENTS = List.of(
            "-Xms64m",
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dlogback.configurationFile=logback-broker.xml");

    private static final String LOOPBACK = "127.0.0.1";
    private static final int MOST_REPLICAS = 3;

    private final List<BrokerProcess> nodes;

    /**
     * Nodes that are not started yet.
     *
     * @param directory has a folder for each node
     * @param logDirectory has a log file for each node, {@code broker-N.log}
     * @param count nodes, 1 or more
     * @param overrides broker configuration of all nodes by Kafka's own keys
     * @param startTimeout how long each node may take to start
     */
    public BrokerCluster(
            Path directory, Path logDirectory, int count, Map<String, String> overrides, Duration startTimeout) {
        if (count < 1) {
            throw new IllegalArgumentException(count + " nodes (expected: 1 or more)");
        }
        List<BrokerPorts> ports = ports(count);
        Map<String, String> shared = new HashMap<>(replication(Math.min(count, MOST_REPLICAS)));
        shared.put(
                "controller.quorum.voters",
                IntStream.range(0, count)
                        .mapToObj(i ->
                                (i + 1) + "@" + LOOPBACK + ":" + ports.get(i).controller())
                        .collect(Collectors.joining(",")));
        shared.putAll(overrides);
        String clusterId = ClusterIdentity.resolve(node(directory, 1), null);
        List<BrokerProcess> made = new ArrayList<>();
        for (int id = 1; id <= count; id++) {
            Map<String, String> own = new HashMap<>(shared);
            own.put("node.id", Integer.toString(id));
            EmbeddedBrokerSettings settings = EmbeddedBrokerSettings.in(node(directory, id))
                    .withPorts(ports.get(id - 1).broker(), ports.get(id - 1).controller())
                    .withClusterId(clusterId)
                    .withOverrides(own);
            made.add(new BrokerProcess(
                    settings, JVM_ARGUMENTS, logDirectory.resolve("broker-" + id + ".log"), startTimeout));
        }
        this.nodes = List.copyOf(made);
    }

    /**
     * Starts all nodes side by side, as one alone has no quorum; if one fails, none is left running.
     *
     * @throws org.ctstream.embedded.part.EmbeddedException of the type and with the message of the node that failed
     */
    public void start() {
        try {
            inParallel(BrokerProcess::start);
        } catch (RuntimeException e) {
            try {
                nodes.forEach(BrokerProcess::kill);
            } catch (RuntimeException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    /** The nodes, the one with id 1 first. */
    public List<BrokerProcess> nodes() {
        return nodes;
    }

    /** What clients put into {@code bootstrap.servers}: all nodes. */
    public String bootstrapServers() {
        return nodes.stream().map(BrokerProcess::bootstrapServers).collect(Collectors.joining(","));
    }

    /** Ends all nodes in good order; the data stays. */
    @Override
    public void close() {
        inParallel(BrokerProcess::stop);
    }

    private void inParallel(Consumer<BrokerProcess> action) {
        CompletableFuture<?>[] runs = nodes.stream()
                .map(node -> CompletableFuture.runAsync(
                        () -> action.accept(node), run -> new Thread(run, "embedded-brokers").start()))
                .toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(runs).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static Map<String, String> replication(int replicas) {
        String factor = Integer.toString(replicas);
        String least = Integer.toString(Math.max(1, replicas - 1));
        return Map.of(
                "default.replication.factor", factor,
                "min.insync.replicas", least,
                "offsets.topic.replication.factor", factor,
                "transaction.state.log.replication.factor", factor,
                "transaction.state.log.min.isr", least,
                "share.coordinator.state.topic.replication.factor", factor,
                "share.coordinator.state.topic.min.isr", least,
                // A node that is killed must not hold up the others for Kafka's default times.
                "controller.quorum.election.timeout.ms", "1000",
                "controller.quorum.fetch.timeout.ms", "2000");
    }

    private static List<BrokerPorts> ports(int count) {
        Set<Integer> free = new HashSet<>();
        while (free.size() < 2 * count) {
            free.add(Ports.free(LOOPBACK, 0));
        }
        List<Integer> each = List.copyOf(free);
        return IntStream.range(0, count)
                .mapToObj(i -> new BrokerPorts(each.get(2 * i), each.get(2 * i + 1)))
                .toList();
    }

    private static Path node(Path directory, int id) {
        return directory.resolve("node-" + id);
    }
}
