package org.ctstream.cli.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Makes the configuration file of each service of a local stack. */
final class RoleSettings {
    private final StackSettings stack;
    private final StackAccess access;

    RoleSettings(StackSettings stack, StackAccess access) {
        this.stack = stack;
        this.access = access;
    }

    /** Writes the file of one instance and returns where it is. */
    Path write(Role role, String instance, int httpPort) {
        Path file = stack.configDirectory().resolve(instance + ".properties");
        var properties = new Properties();
        properties.putAll(of(role, instance, httpPort));
        try {
            Files.createDirectories(stack.configDirectory());
            try (Writer writer = Files.newBufferedWriter(file)) {
                properties.store(
                        writer,
                        "Written by ctstream at each start; use \"-D " + role.command()
                                + ".KEY=VALUE\" to change a key");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
        return file;
    }

    Map<String, String> of(Role role, String instance, int httpPort) {
        Map<String, String> keys = new TreeMap<>(access.keys(role));
        keys.put("instance.name", instance);
        keys.put("http.port", Integer.toString(httpPort));
        keys.put("topics.create", "false");
        switch (role) {
            case WORKER -> {
                keys.put("engine", stack.engine());
                keys.put("engine.threads", Integer.toString(threadsPerWorker()));
                keys.put("engine.cache", stack.engineCache().toString());
                keys.put("model.store", stack.modelStore().toString());
                keys.put(
                        "crash.journal",
                        stack.dataDirectory().resolve("crash-journal").toString());
            }
            case SINK ->
                keys.put(
                        "database.url",
                        "jdbc:h2:file:"
                                + stack.dataDirectory().resolve("database").resolve("ctstream"));
            case INGEST ->
                keys.put(
                        "streams.state.dir",
                        stack.dataDirectory().resolve("streams").toString());
        }
        String prefix = role.command() + ".";
        stack.settings().forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                keys.put(key.substring(prefix.length()), value);
            }
        });
        return keys;
    }

    /** Workers on one machine share its processors; 0 lets the engine decide. */
    private int threadsPerWorker() {
        return stack.workers() == 1 ? 0 : Math.max(1, Runtime.getRuntime().availableProcessors() / stack.workers());
    }
}
