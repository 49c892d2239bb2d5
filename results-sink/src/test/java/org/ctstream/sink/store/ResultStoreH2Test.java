package org.ctstream.sink.store;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

class ResultStoreH2Test extends ResultStoreContract {
    @TempDir
    private static Path directory;

    @Override
    DatabaseSettings settings() {
        return new DatabaseSettings("jdbc:h2:file:" + directory.resolve("results"), "", "", 4, Duration.ofSeconds(10));
    }
}
