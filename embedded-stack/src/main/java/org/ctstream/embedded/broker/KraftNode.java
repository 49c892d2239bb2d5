package org.ctstream.embedded.broker;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** One run of Kafka's own server class: formats the directory if it is new, starts, and stops for good. */
final class KraftNode {

    private final KafkaRaftServer server;

    private KraftNode(KafkaRaftServer server) {
        this.server = server;
    }

    /**
     * Returns once the broker serves requests; whatever Kafka throws is passed on with nothing left running.
     *
     * @param scramArguments users that a new directory knows from the beginning, as {@link Formatter} takes them
     */
    static KraftNode start(Properties configuration, Path dataDirectory, String clusterId, List<String> scramArguments)
            throws Exception {
        format(dataDirectory, clusterId, Integer.parseInt(configuration.getProperty("node.id")), scramArguments);
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(configuration, false), Time.SYSTEM);
        try {
            server.startup();
        } catch (RuntimeException | Error e) {
            server.shutdown();
            throw e;
        }
        return new KraftNode(server);
    }

    void stop() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path dataDirectory, String clusterId, int nodeId, List<String> scramArguments)
            throws Exception {
        String directory = dataDirectory.toString();
        Formatter formatter = new Formatter()
                .setClusterId(clusterId)
                .setNodeId(nodeId)
                .setIgnoreFormatted(true)
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(directory)
                .setScramArguments(scramArguments)
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        formatter.addDirectory(directory);
        formatter.run();
    }
}
