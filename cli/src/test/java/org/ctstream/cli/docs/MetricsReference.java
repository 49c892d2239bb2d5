package org.ctstream.cli.docs;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.ctstream.gateway.metrics.GatewayMeter;
import org.ctstream.ingest.metrics.IngestMeter;
import org.ctstream.service.metrics.CommonMeter;
import org.ctstream.service.metrics.MeterDefinition;
import org.ctstream.service.metrics.MeterKind;
import org.ctstream.service.metrics.MeterSpec;
import org.ctstream.sink.metrics.SinkMeter;
import org.ctstream.trainer.metrics.TrainerMeter;
import org.ctstream.worker.metrics.WorkerMeter;

/** Writes docs/metrics.md from the services' meter definitions. */
public final class MetricsReference {
    private static final List<Section> SECTIONS = List.of(
            new Section("Several services", CommonMeter.class),
            new Section("`ctstream gateway`", GatewayMeter.class),
            new Section("`ctstream ingest`", IngestMeter.class),
            new Section("`ctstream worker`", WorkerMeter.class),
            new Section("`ctstream sink`", SinkMeter.class),
            new Section("`ctstream trainer`", TrainerMeter.class));

    private MetricsReference() {}

    private record Section(String title, Class<? extends MeterDefinition> meters) {
        Stream<MeterDefinition> definitions() {
            return Arrays.stream(meters.getEnumConstants());
        }
    }

    /** The enums the page is made of. */
    public static List<Class<?>> enums() {
        return SECTIONS.stream().<Class<?>>map(Section::meters).toList();
    }

    /** Every meter on the page. */
    public static List<MeterDefinition> definitions() {
        return SECTIONS.stream().flatMap(Section::definitions).toList();
    }

    static String markdown() {
        var text = new StringBuilder("""
                # Metrics

                This page is generated from the code; a test fails when the two differ.

                Every service answers `GET /metrics` on its HTTP port (`http.port`) in Prometheus' text format. All meters have the
                label `service`; Prometheus adds `instance` and `job`. The dashboard that shows them is
                `deploy/grafana/dashboards/ctstream.json`, the rules that watch them are `deploy/prometheus/alerts.yaml`, and what to do
                about each rule is in [operations.md](operations.md#when-an-alert-fires).

                | type | what Prometheus shows |
                | --- | --- |
                | counter | the name as it stands here; from 0 at the start of the process, so ask for `rate()` or `increase()` |
                | gauge | the name as it stands here |
                | timer | the name with `_count`, `_sum` and `_max`, and the name itself with `quantile` 0.5, 0.95 and 0.99 over the last minutes; quantiles of several processes cannot be averaged: take the largest |
                | summary | the name with `_count`, `_sum` and `_max` |

                Counters with a label for a reason or an outcome appear with their first count.
                """);
        SECTIONS.forEach(section -> append(text, section));
        text.append("""

                ## Of the libraries

                They come from Micrometer and have the names it gives them.

                | names begin with | what they tell | see |
                | --- | --- | --- |
                | `kafka_consumer_`, `kafka_producer_` | Kafka's clients: rates, latencies, lag of what is assigned (`kafka_consumer_fetch_manager_records_lag_max`), rebalances; label `client_id` | [Kafka: monitoring of consumers and producers](https://kafka.apache.org/documentation/#consumer_monitoring) |
                | `kafka_stream_`, `kafka_admin_client_` | ingest: Kafka Streams' threads and tasks, and its administration client | [Kafka: monitoring of Streams](https://kafka.apache.org/documentation/#kafka_streams_monitoring) |
                | `hikaricp_` | sink: the pool of database connections | [Micrometer: HikariCP](https://docs.micrometer.io/micrometer/reference/reference.html) |
                | `jvm_`, `process_`, `system_` | every service: memory, collections, threads, processors, uptime | [Micrometer: JVM metrics](https://docs.micrometer.io/micrometer/reference/reference/jvm.html) |
                """);
        return text.toString();
    }

    private static void append(StringBuilder text, Section section) {
        text.append("\n## ")
                .append(section.title())
                .append("\n\n| metric | type | unit | services | meaning |\n| --- | --- | --- | --- | --- |\n");
        section.definitions()
                .sorted(Comparator.comparing(meter -> meter.spec().prometheusName()))
                .forEach(meter -> text.append(row(meter)));
    }

    private static String row(MeterDefinition meter) {
        MeterSpec spec = meter.spec();
        String labels = spec.labels().isEmpty() ? "" : "{" + String.join(",", spec.labels()) + "}";
        return "| `%s%s` | %s | %s | %s | %s |\n"
                .formatted(
                        spec.prometheusName(),
                        labels,
                        word(spec.kind()),
                        spec.unit(),
                        String.join(", ", meter.services()),
                        spec.description().replace("|", "\\|"));
    }

    private static String word(MeterKind kind) {
        return switch (kind) {
            case COUNTER -> "counter";
            case GAUGE -> "gauge";
            case TIMER -> "timer";
            case SUMMARY -> "summary";
        };
    }
}
