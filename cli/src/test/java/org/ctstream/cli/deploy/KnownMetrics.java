package org.ctstream.cli.deploy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.ctstream.cli.docs.MetricsReference;
import org.ctstream.service.metrics.MeterSpec;

/** What an expression may ask for: the meters of docs/metrics.md with their labels, and the families of the libraries. */
final class KnownMetrics {
    private static final List<String> LIBRARIES =
            List.of("kafka_consumer_", "kafka_producer_", "kafka_stream_", "hikaricp_", "jvm_", "process_", "system_");
    private static final Set<String> LABELS_OF_LIBRARIES =
            Set.of("client_id", "area", "id", "pool", "topic", "partition");

    /** Every meter has them, the first by us and the others by Prometheus. */
    private static final Set<String> LABELS_OF_ALL = Set.of("service", "instance", "job");

    private final Map<String, Set<String>> ours = new LinkedHashMap<>();

    KnownMetrics() {
        MetricsReference.definitions().forEach(meter -> add(meter.spec()));
    }

    private void add(MeterSpec spec) {
        String name = spec.prometheusName();
        Set<String> labels = Set.copyOf(spec.labels());
        switch (spec.kind()) {
            case COUNTER, GAUGE -> ours.put(name, labels);
            case TIMER -> {
                addParts(name, labels);
                var withQuantile = new TreeSet<>(labels);
                withQuantile.add("quantile");
                ours.put(name, withQuantile);
            }
            case SUMMARY -> addParts(name, labels);
        }
    }

    private void addParts(String name, Set<String> labels) {
        List.of("_count", "_sum", "_max").forEach(part -> ours.put(name + part, labels));
    }

    boolean knows(String metric) {
        return ours.containsKey(metric) || LIBRARIES.stream().anyMatch(metric::startsWith);
    }

    /** Labels that at least one of the metrics has. */
    Set<String> labelsOf(Set<String> metrics) {
        var labels = new TreeSet<>(LABELS_OF_ALL);
        metrics.forEach(metric -> labels.addAll(ours.getOrDefault(metric, LABELS_OF_LIBRARIES)));
        return labels;
    }
}
