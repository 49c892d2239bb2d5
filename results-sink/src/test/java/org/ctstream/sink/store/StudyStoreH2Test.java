package org.ctstream.sink.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.ctstream.schemas.avro.StudyState;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyStoreH2Test extends StudyStoreContract {
    @TempDir
    private static Path directory;

    @Override
    DatabaseSettings settings() {
        return new DatabaseSettings("jdbc:h2:file:" + directory.resolve("study"), "", "", 4, Duration.ofSeconds(10));
    }

    @Test
    void resultsOfEarlierVersionsBecomeStudiesThatHaveBeenQuietSince() throws Exception {
        var settings =
                new DatabaseSettings("jdbc:h2:file:" + directory.resolve("earlier"), "", "", 4, Duration.ofSeconds(10));
        Flyway.configure()
                .dataSource(settings.url(), "", "")
                .locations("classpath:org/ctstream/sink/store/migration")
                .table("ctstream_sink_schema")
                .target("3")
                .load()
                .migrate();
        try (Connection connection = DriverManager.getConnection(settings.url());
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < 3; i++) {
                statement.executeUpdate(earlierResult(i, i < 2 ? "'2.25.1'" : "NULL"));
            }
        }

        try (Database database = Database.open(settings, new SimpleMeterRegistry())) {
            database.migrate();
            var studies = new StudyStore(database);
            Instant now = Instant.parse("2026-11-23T10:00:00Z");
            assertThat(studies.takeUp(now, 10)).containsExactly("2.25.1");
            var seen = new ArrayList<StudyProgress>();
            studies.advance("2.25.1", now, progress -> {
                seen.add(progress);
                return new StudyStep.Keep(StudyState.FINAL, true, 1);
            });

            assertThat(seen)
                    .containsExactly(new StudyProgress(
                            "2.25.1",
                            Instant.parse("2026-11-20T10:00:00Z"),
                            Instant.parse("2026-11-20T10:00:01Z"),
                            1,
                            0,
                            null));
            assertThat(new StudyQueries(database).find("2.25.1"))
                    .get()
                    .satisfies(row -> assertThat(row.study().summary().slices()).isEqualTo(new SliceCounts(2, 0, 0)));
        }
    }

    private static String earlierResult(int number, String study) {
        String time = "TIMESTAMP WITH TIME ZONE '2026-11-20 10:00:0" + number + "+00'";
        return "INSERT INTO result (result_id, scan_id, study_uid, source, priority, source_digest,"
                + " preprocessing_version, label, probability, threshold, model_name, model_version, model_digest,"
                + " model_trained, engine, device, worker, received_at, normalized_at, classified_at, stored_at)"
                + " VALUES ('r" + number + "', 's" + number + "', " + study + ", 'CT-1', 'ROUTINE', 'd', '1',"
                + " 'POSITIVE', 0.8, 0.5, 'densenet169', '1.0', 'm', TRUE, 'pytorch', 'cpu', 'w', " + time + ", " + time
                + ", " + time + ", " + time + ")";
    }
}
