package org.ctstream.sink.store;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

class PageStoreH2Test extends PageStoreContract {
    @TempDir
    private static Path directory;

    @Override
    DatabaseSettings settings() {
        return new DatabaseSettings("jdbc:h2:file:" + directory.resolve("page"), "", "", 4, Duration.ofSeconds(10));
    }
}
