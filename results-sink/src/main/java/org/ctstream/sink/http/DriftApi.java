package org.ctstream.sink.http;

import io.javalin.config.RoutesConfig;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.ctstream.sink.drift.DriftReport;

/** {@code GET /api/drift}: what was found out last about each source. */
public final class DriftApi {
    private DriftApi() {}

    /** The route, which stands before those that answer every other path under {@code /api}. */
    public static Consumer<RoutesConfig> routes(Supplier<DriftReport> latest) {
        return routes -> routes.get("/api/drift", context -> ResultsApi.write(context, latest.get()));
    }
}
