package org.ctstream.sink.deliver;

import java.nio.file.Path;
import java.time.Duration;
import org.ctstream.sink.store.DatabaseSettings;
import org.ctstream.sink.store.Postgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class OutboxPostgresIT extends OutboxContract {
    private static Postgres postgres;

    @BeforeAll
    static void start(@TempDir Path directory) {
        postgres = new Postgres(directory.resolve("postgres"));
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @Override
    DatabaseSettings settings() {
        return new DatabaseSettings(postgres.url(), "postgres", "postgres", 8, Duration.ofSeconds(10));
    }
}
