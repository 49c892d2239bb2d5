package org.ctstream.sink.store;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class StudyStorePostgresIT extends StudyStoreContract {
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
        return new DatabaseSettings(postgres.url(), "postgres", "postgres", 4, Duration.ofSeconds(10));
    }
}
