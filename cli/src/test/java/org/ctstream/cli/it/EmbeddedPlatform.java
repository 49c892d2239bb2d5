package org.ctstream.cli.it;

import java.nio.file.Path;
import java.util.Map;
import org.ctstream.cli.connect.Connection;
import org.ctstream.embedded.EmbeddedStack;
import org.ctstream.embedded.EmbeddedStackSettings;

/** The embedded stack with H2 in a file: what {@code ctstream up} runs on. */
final class EmbeddedPlatform implements StreamPlatform {
    private final EmbeddedStack stack;
    private final Path folder;

    EmbeddedPlatform(Path folder) {
        this.folder = folder;
        this.stack = EmbeddedStack.start(EmbeddedStackSettings.in(folder.resolve("stack")));
    }

    @Override
    public Connection connection() {
        return Connection.plain(stack.bootstrapServers(), stack.registryUrl());
    }

    @Override
    public Map<String, String> databaseKeys() {
        return Map.of(
                "database.url", "jdbc:h2:file:" + folder.resolve("database").resolve("ctstream"));
    }

    @Override
    public void close() {
        stack.close();
    }
}
