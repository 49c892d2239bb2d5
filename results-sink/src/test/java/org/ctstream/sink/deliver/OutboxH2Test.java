package org.ctstream.sink.deliver;

import java.nio.file.Path;
import java.time.Duration;
import org.ctstream.sink.store.DatabaseSettings;
import org.junit.jupiter.api.io.TempDir;

class OutboxH2Test extends OutboxContract {
    @TempDir
    private static Path directory;

    @Override
    DatabaseSettings settings() {
        return new DatabaseSettings("jdbc:h2:file:" + directory.resolve("outbox"), "", "", 8, Duration.ofSeconds(10));
    }
}
