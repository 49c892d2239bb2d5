package org.ctstream.sink.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DatabaseSettingsTest {
    @Test
    void h2WritesAtOnceAndStaysOpenWhileTheSinkDrains() {
        assertThat(settings("jdbc:h2:file:/data/results").url())
                .isEqualTo("jdbc:h2:file:/data/results;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;WRITE_DELAY=0"
                        + ";DB_CLOSE_ON_EXIT=FALSE");
    }

    @Test
    void whatTheOperatorSaysOfH2Stays() {
        assertThat(settings("jdbc:h2:file:/data/results;write_delay=50").url())
                .contains(";write_delay=50")
                .doesNotContain("WRITE_DELAY=0");
    }

    @Test
    void secretsDoNotShow() {
        assertThat(settings("jdbc:postgresql://db/results?password=hidden1").toString())
                .doesNotContain("hidden1")
                .doesNotContain("hidden2");
    }

    private static DatabaseSettings settings(String url) {
        return new DatabaseSettings(url, "user", "hidden2", 2, Duration.ofSeconds(1));
    }
}
