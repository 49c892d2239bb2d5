package org.ctstream.sink.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.function.Consumer;
import org.ctstream.service.health.Health;
import org.ctstream.sink.store.ResultQueries;
import org.ctstream.sink.store.StatsQuery;

/** Everything the sink serves over HTTP: headers, API and page. */
public final class SinkRoutes {
    /** Scripts, styles and data from here alone; no frame of another site around the page. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'";

    private SinkRoutes() {}

    public static Consumer<RoutesConfig> of(ResultQueries queries, StatsQuery stats, Health health) {
        var api = new ResultsApi(queries, new CachedStats(stats::count, Clock.systemUTC()), health);
        return routes -> {
            routes.before(SinkRoutes::secure);
            api.addTo(routes);
            routes.get("/", new PageResource("page.html", "text/html; charset=utf-8"));
            routes.get("/page.js", new PageResource("page.js", "text/javascript; charset=utf-8"));
            routes.get("/page.css", new PageResource("page.css", "text/css; charset=utf-8"));
            routes.get("/icon.svg", new PageResource("icon.svg", "image/svg+xml"));
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
