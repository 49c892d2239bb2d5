package org.ctstream.cli.alerts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.ctstream.cli.console.PointInTime;
import org.ctstream.sink.store.DeliveryState;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which deliveries are meant. */
final class AlertFilter {
    @Option(
            names = "--state",
            paramLabel = "STATE",
            defaultValue = "DEAD",
            description = "dead, suppressed, delivered, or, to list them, pending.")
    private DeliveryState state = DeliveryState.DEAD;

    @Option(names = "--endpoint", paramLabel = "NAME", description = "Only those of this endpoint.")
    private @Nullable String endpoint;

    @Option(names = "--alert", paramLabel = "ID", description = "Only this alert.")
    private @Nullable String alertId;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = PointInTime.class,
            description = "Only alerts raised since then: 2026-11-23T03:00:00Z, 2026-11-23, 24h, 7d.")
    private @Nullable Instant since;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "At most this many, the oldest first; up to 1000.")
    private int limit;

    /** As a request to replay has them. */
    Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("state", state());
        fields.putAll(others());
        return fields;
    }

    /** Path and query of a list. */
    String query() {
        return state()
                + others().entrySet().stream()
                        .map(field -> field.getKey() + "="
                                + URLEncoder.encode(field.getValue().toString(), UTF_8))
                        .collect(Collectors.joining("&", "?", ""));
    }

    String state() {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private Map<String, Object> others() {
        var others = new LinkedHashMap<String, Object>();
        if (endpoint != null) {
            others.put("endpoint", endpoint);
        }
        if (alertId != null) {
            others.put("alertId", alertId);
        }
        if (since != null) {
            others.put("since", since.toString());
        }
        others.put("limit", limit);
        return others;
    }
}
