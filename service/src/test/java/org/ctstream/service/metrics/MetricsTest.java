package org.ctstream.service.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Timer;
import java.time.Instant;
import java.util.List;
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
        Timer timer = metrics.timer(SampleMeter.AGE);

        Metrics.age(timer, Instant.MIN, NOW);
        Metrics.age(timer, Instant.MAX, NOW);
        Metrics.age(timer, NOW.minusSeconds(3), NOW);

        assertThat(timer.count()).isEqualTo(3);
        assertThat(timer.totalTime(TimeUnit.SECONDS)).isEqualTo(365.0 * 24 * 3600 + 3);
    }

    @Test
    void metersAreScrapedUnderTheNamesTheirDefinitionsGive() {
        metrics.timer(SampleMeter.AGE).record(1, TimeUnit.SECONDS);
        metrics.summary(SampleMeter.SIZE).record(7);
        metrics.gauge(SampleMeter.TAKEN, 5, Integer::doubleValue, "head");
        metrics.counter(SampleMeter.ERRORS, "read", "disk").increment();

        String scrape = metrics.scrape();
        for (SampleMeter meter : SampleMeter.values()) {
            MeterSpec spec = meter.spec();
            assertThat(scrape)
                    .contains("# HELP " + spec.prometheusName() + " " + spec.description() + "\n")
                    .contains("# TYPE " + spec.prometheusName() + " "
                            + spec.kind().prometheusType() + "\n");
        }
        assertThat(scrape)
                .contains("ctstream_age_seconds{service=\"test\",quantile=\"0.99\"}")
                .contains("ctstream_size_bytes_sum{service=\"test\"} 7.0")
                .contains("ctstream_memory_bytes{part=\"head\",service=\"test\"} 5.0")
                .contains("ctstream_errors_total{kind=\"read\",place=\"disk\",service=\"test\"} 1.0");
    }

    @Test
    void rowsComeAndGo() {
        GaugeRows rows = metrics.rows(SampleMeter.TAKEN);
        rows.set(List.of(new GaugeRows.Row(1, List.of("head")), new GaugeRows.Row(2, List.of("tail"))));
        rows.set(List.of(new GaugeRows.Row(3, List.of("tail"))));

        assertThat(metrics.scrape())
                .contains("ctstream_memory_bytes{part=\"tail\",service=\"test\"} 3.0")
                .doesNotContain("part=\"head\"");
    }

    @Test
    void aMeterIsMadeAsItIsDefinedOrNotAtAll() {
        assertThatThrownBy(() -> metrics.counter(SampleMeter.ERRORS, "read"))
                .hasMessageContaining("errors was given 1 label values (expected: [kind, place])");
        assertThatThrownBy(() -> metrics.timer(SampleMeter.SIZE)).hasMessageContaining("size is a SUMMARY");
    }

    @Test
    void deadLetterCountsAsAnOutcomeAndByItsReason() {
        metrics.deadLettered(Stage.DECODE, "truncated");

        assertThat(metrics.scrape())
                .contains("ctstream_scans_total{outcome=\"dead-lettered\",service=\"test\",stage=\"decode\"} 1.0")
                .contains("ctstream_dead_letters_total{reason=\"truncated\",service=\"test\",stage=\"decode\"} 1.0");
    }
}
