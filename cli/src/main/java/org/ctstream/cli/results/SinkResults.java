package org.ctstream.cli.results;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.ctstream.cli.console.Json;
import org.ctstream.cli.sink.SinkApi;
import org.ctstream.sink.store.ResultRow;
import org.ctstream.sink.store.StoredScan;
import org.ctstream.sink.store.StoredScanPage;

/** By the sink's HTTP API. */
final class SinkResults implements StoredResults {
    private final SinkApi sink;

    SinkResults(SinkApi sink) {
        this.sink = sink;
    }

    @Override
    public List<ResultRow> ofScan(String scanId) {
        // The path is one segment; URLEncoder is for queries and writes a space as a plus.
        String path = "/api/results/" + URLEncoder.encode(scanId, UTF_8).replace("+", "%20");
        var rows = new ArrayList<ResultRow>();
        sink.find(path)
                .ifPresent(answer -> answer.path("results")
                        .forEach(row -> rows.add(Json.MAPPER.convertValue(row, ResultRow.class))));
        return List.copyOf(rows);
    }

    @Override
    public void each(Instant since, Consumer<StoredScan> each) {
        String place = "since=" + since;
        while (!place.isEmpty()) {
            JsonNode answer = sink.get("/api/stored?" + place + "&limit=" + StoredScanPage.MAX_LIMIT);
            var page = Json.MAPPER.convertValue(answer, StoredScanPage.class);
            page.stored().forEach(each);
            place = page.next() == null ? "" : "after=" + URLEncoder.encode(page.next(), UTF_8);
        }
    }

    @Override
    public String place() {
        return "the results sink " + sink.url();
    }

    @Override
    public void close() {
        // The JDK's client of this level ends with its last reference.
    }
}
