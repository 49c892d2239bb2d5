package org.ctstream.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ctstream.cli.deploy.DeployedQueries;
import org.ctstream.cli.docs.MetricsReference;
import org.ctstream.service.metrics.MeterDefinition;

/** Compares what running services show with docs/metrics.md and with what rules and dashboard ask for. */
final class ScrapedMetrics {
    private static final Pattern FAMILY = Pattern.compile("^# TYPE (\\w+) ", Pattern.MULTILINE);
    private static final Pattern SAMPLE = Pattern.compile("^(\\w+)[{ ]", Pattern.MULTILINE);

    private ScrapedMetrics() {}

    /** @param services the processes, by the name each has in its own meters */
    static void check(Map<String, ServiceProcess> services) throws IOException {
        var samples = new TreeSet<String>();
        services.forEach((service, process) -> {
            String scrape = process.get("/metrics");
            samples.addAll(found(SAMPLE, scrape));
            Set<String> documented = MetricsReference.definitions().stream()
                    .filter(meter -> meter.services().contains(service))
                    .map(MeterDefinition::spec)
                    .flatMap(spec -> List.of(spec.prometheusName(), spec.prometheusName() + "_max").stream())
                    .collect(Collectors.toSet());
            assertThat(found(FAMILY, scrape).stream().filter(family -> family.startsWith("ctstream_")))
                    .as("meters of " + service)
                    .isNotEmpty()
                    .isSubsetOf(documented);
        });
        assertThat(samples)
                .as("queue, input, inference, output; batch size; age; lag in scans and seconds")
                .contains(
                        "ctstream_inference_queue_seconds_count",
                        "ctstream_inference_input_seconds_count",
                        "ctstream_inference_batch_seconds_count",
                        "ctstream_inference_output_seconds_count",
                        "ctstream_batch_size_count",
                        "ctstream_scan_age_at_result_seconds",
                        "ctstream_end_to_end_seconds",
                        "ctstream_lag_scans",
                        "ctstream_lag_seconds");
        assertThat(samples)
                .as("what rules and dashboard ask the libraries for")
                .containsAll(DeployedQueries.ofLibraries());
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).collect(Collectors.toSet());
    }
}
