package org.ctstream.sink.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import org.ctstream.service.error.StageException;
import org.ctstream.service.health.Health;
import org.ctstream.sink.store.ResultQueries;
import org.ctstream.sink.store.ResultRow;
import org.ctstream.sink.store.Stats;
import org.ctstream.sink.store.StoredScanPage;
import org.ctstream.sink.store.StoredScans;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JSON API: {@code GET /api/results}, {@code /api/results/{scanId}}, {@code /api/stats}, {@code /api/stored}. Times are
 * ISO-8601 in UTC; every answer that is not 2xx is an {@link ApiError}.
 */
final class ResultsApi {
    private static final Logger log = LoggerFactory.getLogger(ResultsApi.class);
    private static final String JSON = "application/json; charset=utf-8";

    private static final ObjectMapper MAPPER = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

    private final ResultQueries queries;
    private final StoredScans stored;
    private final Cached<Stats> stats;
    private final Health health;

    ResultsApi(ResultQueries queries, Cached<Stats> stats, Health health) {
        this.queries = queries;
        this.stored = queries.storedScans();
        this.stats = stats;
        this.health = health;
    }

    void addTo(RoutesConfig routes) {
        routes.get(
                "/api/results", context -> write(context, queries.list(ListParameters.parse(context.queryParamMap()))));
        routes.get("/api/results/{scanId}", context -> write(context, ofScan(context.pathParam("scanId"))));
        routes.get("/api/stats", context -> write(context, stats.get()));
        routes.get("/api/stored", context -> write(context, storedScans(StoredParameters.parse(context))));
        routes.get("/api/<path>", context -> {
            throw ApiException.notFound(
                    "There is no " + context.path() + " here.",
                    "Use /api/results, /api/results/{scanId}, /api/stats or /api/stored.");
        });
        routes.exception(ApiException.class, (e, context) -> write(context.status(e.status()), e.body()));
        routes.exception(StageException.class, this::failed);
    }

    static void write(Context context, Object body) {
        try {
            context.contentType(JSON).result(MAPPER.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write an answer of " + body.getClass() + " as JSON", e);
        }
    }

    private StoredScanPage storedScans(StoredParameters parameters) {
        return stored.after(parameters.after(), parameters.limit());
    }

    private ScanResults ofScan(String scanId) {
        List<ResultRow> results = scanId.indexOf('\0') < 0 ? queries.ofScan(scanId) : List.of();
        if (results.isEmpty()) {
            throw ApiException.notFound(
                    "No result is stored for scan " + scanId + ".",
                    "It may still be on its way: ask again, and look for it among the dead letters if it does not"
                            + " come.");
        }
        return new ScanResults(scanId, results);
    }

    /** What the database said is for the log: it may name hosts and users. */
    private void failed(StageException e, Context context) {
        log.atWarn().setCause(e).log("Request failed");
        boolean ready = health.isReady();
        write(
                context.status(ready ? 500 : 503),
                ready
                        ? new ApiError("failed", "The results database refused the question.", "See the sink's log.")
                        : new ApiError(
                                "unavailable",
                                "The results database does not answer now.",
                                "Ask again in some seconds; /readyz tells what the sink waits for."));
    }

    /** Every model version's result of one scan, newest first. */
    record ScanResults(String scanId, List<ResultRow> results) {}
}
