package org.ctstream.service.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.ctstream.service.error.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final Metrics metrics = new Metrics("test");

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void ageIsHeldBetweenNothingAndAYearWhateverThePublisherSays() {
        Timer timer = metrics.timer("age", "Ages");

        Metrics.age(timer, Instant.MIN, NOW);
        Metrics.age(timer, Instant.MAX, NOW);
        Metrics.age(timer, NOW.minusSeconds(3), NOW);

        assertThat(timer.count()).isEqualTo(3);
        assertThat(timer.totalTime(TimeUnit.SECONDS)).isEqualTo(365.0 * 24 * 3600 + 3);
    }

    @Test
    void deadLetterCountsAsAnOutcomeAndByItsReason() {
        metrics.deadLettered(Stage.DECODE, "truncated");

        assertThat(metrics.scrape())
                .contains("ctstream_scans_total{outcome=\"dead-lettered\",service=\"test\",stage=\"decode\"} 1.0")
                .contains("ctstream_dead_letters_total{reason=\"truncated\",service=\"test\",stage=\"decode\"} 1.0");
    }
}
