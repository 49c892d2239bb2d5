package org.ctstream.embedded.broker;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.ctstream.embedded.part.EmbeddedException;

/**
 * A broker in a JVM of its own: {@code BrokerMain data.directory=PATH [host=ADDRESS] [broker.port=N]
 * [controller.port=N] [cluster.id=ID] [override.KAFKA_KEY=VALUE]... [ready.file=PATH]}.
 *
 * <p>Once it serves requests it writes {@code broker.port} and {@code controller.port} to the ready file, in one step.
 * It ends on SIGTERM. If it cannot start it prints why and exits with one of {@link
 * org.ctstream.embedded.part.ExitCodes}.
 */
public final class BrokerMain {

    static final String READY_FILE = "ready.file";
    static final String BROKER_PORT = "broker.port";
    static final String CONTROLLER_PORT = "controller.port";

    private BrokerMain() {}

    public static void main(String[] args) throws IOException {
        Map<String, String> arguments = new HashMap<>();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("Argument " + arg + " is not of the form key=value");
            }
            arguments.put(arg.substring(0, equals), arg.substring(equals + 1));
        }
        EmbeddedBroker broker = new EmbeddedBroker(EmbeddedBrokerSettings.fromArguments(arguments));
        // Before the start, so that a parent which dies meanwhile finds a broker that can be stopped.
        Runtime.getRuntime().addShutdownHook(new Thread(broker::stop, "broker-shutdown"));
        try {
            broker.start();
        } catch (EmbeddedException e) {
            e.printStackTrace();
            System.exit(e.exitCode());
        }
        String readyFile = arguments.get(READY_FILE);
        if (readyFile != null) {
            announce(Path.of(readyFile), broker.ports());
        }
    }

    private static void announce(Path file, BrokerPorts ports) throws IOException {
        Properties properties = new Properties();
        properties.setProperty(BROKER_PORT, Integer.toString(ports.broker()));
        properties.setProperty(CONTROLLER_PORT, Integer.toString(ports.controller()));
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        try (Writer writer = Files.newBufferedWriter(draft)) {
            properties.store(writer, null);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
