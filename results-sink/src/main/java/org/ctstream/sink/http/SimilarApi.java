package org.ctstream.sink.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.Set;
import org.ctstream.sink.similar.SimilarCases;
import org.ctstream.sink.similar.SimilarSearch;

/** {@code GET /api/scans/{scanId}/similar?limit=6}: the confirmed cases whose embeddings are nearest to the scan's. */
final class SimilarApi {
    private static final int DEFAULT_LIMIT = 6;

    private final SimilarSearch search;

    SimilarApi(SimilarSearch search) {
        this.search = search;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/api/scans/{scanId}/similar", context -> ResultsApi.write(context, similar(context)));
    }

    private SimilarCases similar(Context context) {
        String scanId = context.pathParam("scanId");
        int limit = limit(QueryParameters.of(context.queryParamMap(), Set.of("limit")));
        return Optional.of(scanId)
                .filter(id -> id.indexOf('\0') < 0)
                .flatMap(id -> search.of(id, limit))
                .orElseThrow(() -> ApiException.notFound(
                        "No result is stored for scan " + scanId + ".", "Ask again when it has one."));
    }

    private static int limit(QueryParameters parameters) {
        String text = parameters.value("limit");
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= SimilarSearch.MOST) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Answered below, as is a number out of range.
        }
        throw ApiException.badParameter(
                "Cannot use limit=" + text + " (expected: a whole number from 1 to " + SimilarSearch.MOST + ")",
                "Leave limit out for " + DEFAULT_LIMIT + ".");
    }
}
