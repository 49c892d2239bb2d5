package org.ctstream.sink.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.ctstream.service.health.Health;
import org.ctstream.sink.store.ResultQueries;
import org.ctstream.sink.store.StatsQuery;

/** Everything the sink serves over HTTP: headers, API and page. */
public final class SinkRoutes {
    /** Scripts, styles and data from here alone; no frame of another site around the page. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none';"
                    + " require-trusted-types-for 'script'";

    private SinkRoutes() {}

    /** The plain results alone, and the page's files. */
    public static Consumer<RoutesConfig> of(ResultQueries queries, StatsQuery stats, Health health) {
        return of(queries, stats, health, List.of());
    }

    /** @param more further routes, each with paths of its own */
    public static Consumer<RoutesConfig> of(
            ResultQueries queries, StatsQuery stats, Health health, List<Consumer<RoutesConfig>> more) {
        var api = new ResultsApi(queries, new Cached<>(stats::count, Clock.systemUTC()), health);
        return routes -> {
            routes.before(SinkRoutes::secure);
            more.forEach(further -> further.accept(routes));
            api.addTo(routes);
            PageFiles.addTo(routes);
        };
    }

    private static void secure(Context context) {
        context.header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header("Cache-Control", "no-store");
    }
}
