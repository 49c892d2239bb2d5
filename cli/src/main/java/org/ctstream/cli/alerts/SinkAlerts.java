package org.ctstream.cli.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.ctstream.cli.console.Json;
import org.ctstream.cli.sink.SinkApi;
import org.ctstream.sink.store.DeliveryRow;
import org.ctstream.sink.store.EndpointCounts;

/** The outbox of alerts, by the sink's HTTP API. Thread-safe. */
final class SinkAlerts {
    private final SinkApi sink;

    SinkAlerts(SinkApi sink) {
        this.sink = sink;
    }

    List<EndpointCounts> endpoints() {
        return read(sink.get("/api/webhooks"), "endpoints", EndpointCounts.class);
    }

    /** @param query of the API, such as {@code dead?limit=100} */
    List<DeliveryRow> list(String query) {
        return read(sink.get("/api/webhooks/" + query), "deliveries", DeliveryRow.class);
    }

    /** @param request body of {@code POST /api/webhooks/replay} */
    List<DeliveryRow> replay(Object request) {
        return read(sink.post("/api/webhooks/replay", request), "deliveries", DeliveryRow.class);
    }

    private static <T> List<T> read(JsonNode answer, String field, Class<T> type) {
        var rows = new ArrayList<T>();
        answer.path(field).forEach(row -> rows.add(Json.MAPPER.convertValue(row, type)));
        return rows;
    }
}
