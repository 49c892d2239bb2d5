package org.ctstream.sink.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultStorePostgresIT extends ResultStoreContract {
    private static Postgres postgres;

    @BeforeAll
    static void start(@TempDir Path directory) {
        postgres = new Postgres(directory.resolve("postgres"));
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @Test
    void theDriverItselfQuotesNoValues() {
        try (Database database = Database.open(settings(), new SimpleMeterRegistry())) {
            database.migrate();
            String said = database.inTransaction("write", connection -> {
                try {
                    return "nothing, and took " + ResultStoreContract.tooLong(connection, "marker").length;
                } catch (SQLException e) {
                    connection.rollback();
                    return Throwables.getStackTrace(e) + e.getNextException();
                }
            });
            assertThat(said).contains("value too long").doesNotContain("marker");
        }
    }

    @Override
    DatabaseSettings settings() {
        return new DatabaseSettings(postgres.url(), "postgres", "postgres", 4, Duration.ofSeconds(10));
    }
}
