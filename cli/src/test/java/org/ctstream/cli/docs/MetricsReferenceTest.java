package org.ctstream.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.ctstream.service.metrics.GaugeRows;
import org.ctstream.service.metrics.MeterDefinition;
import org.ctstream.service.metrics.MeterSpec;
import org.ctstream.service.metrics.Metrics;
import org.junit.jupiter.api.Test;

class MetricsReferenceTest {
    /** Surefire runs in the module's folder. */
    private static final Path PAGE = Path.of("..", "docs", "metrics.md");

    /**
     * To write the page anew: {@code mvn -pl cli -am test -Dtest=MetricsReferenceTest
     * -Dsurefire.failIfNoSpecifiedTests=false -Dtest.jvm.args=-Dctstream.docs.write=true}.
     */
    @Test
    void pageSaysWhatTheCodeSays() throws IOException {
        String generated = MetricsReference.markdown();
        if (Boolean.getBoolean("ctstream.docs.write")) {
            Files.writeString(PAGE, generated);
        }
        assertThat(PAGE).hasContent(generated);
    }

    @Test
    void everyMeterIsScrapedUnderTheNameAndWithTheLabelsThePageGives() {
        try (var metrics = new Metrics("test")) {
            MetricsReference.definitions().forEach(meter -> touch(metrics, meter));
            String scrape = metrics.scrape();

            assertThat(MetricsReference.definitions()).allSatisfy(meter -> {
                MeterSpec spec = meter.spec();
                assertThat(scrape)
                        .contains("# HELP " + spec.prometheusName() + " " + spec.description() + "\n")
                        .contains("# TYPE " + spec.prometheusName() + " "
                                + spec.kind().prometheusType() + "\n");
                assertThat(spec.labels()).allSatisfy(label -> assertThat(label).matches("[a-z_]+"));
            });
            assertThat(MetricsReference.definitions())
                    .extracting(meter -> meter.spec().prometheusName())
                    .doesNotHaveDuplicates();
        }
    }

    private static void touch(Metrics metrics, MeterDefinition meter) {
        List<String> values =
                meter.spec().labels().stream().map(label -> "value of " + label).toList();
        String[] labels = values.toArray(String[]::new);
        switch (meter.spec().kind()) {
            case COUNTER -> metrics.counter(meter, labels).increment();
            case GAUGE -> metrics.rows(meter).set(List.of(new GaugeRows.Row(1, values)));
            case TIMER -> metrics.timer(meter, labels).record(Duration.ofSeconds(1));
            case SUMMARY -> metrics.summary(meter, labels).record(1);
        }
    }
}
