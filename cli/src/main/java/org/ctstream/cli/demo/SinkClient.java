package org.ctstream.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ctstream.cli.console.Json;
import org.ctstream.cli.sink.SinkApi;

/** Asks the results sink's HTTP API. Thread-safe. */
final class SinkClient {
    private static final int PAGE = 500;

    private final SinkApi sink;

    /** @param userInfo {@code user:password}, if the sink asks for one */
    SinkClient(String url, Optional<String> userInfo) {
        this.sink = new SinkApi(url, userInfo.orElse(""), SinkApi.Hints.NONE);
    }

    /** Results in the database, of this run and earlier ones. */
    long stored() {
        return sink.get("/api/stats").path("stored").asLong();
    }

    /** Every result stored at that time or later, newest first. */
    List<StoredResult> since(Instant time) {
        Map<String, StoredResult> results = new LinkedHashMap<>();
        String after = "";
        do {
            JsonNode page = sink.get("/api/results?limit=" + PAGE
                    + (after.isEmpty() ? "" : "&after=" + URLEncoder.encode(after, StandardCharsets.UTF_8)));
            after = page.path("next").asText("");
            for (JsonNode row : page.path("results")) {
                StoredResult result = Json.MAPPER.convertValue(row, StoredResult.class);
                if (result.storedAt().isBefore(time)) {
                    return new ArrayList<>(results.values());
                }
                results.put(result.resultId(), result);
            }
        } while (!after.isEmpty() && !after.equals("null"));
        return new ArrayList<>(results.values());
    }
}
