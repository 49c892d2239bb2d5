package org.ctstream.sink.http;

import io.javalin.config.RoutesConfig;
import java.util.List;

/** The page's files: markup, styles, scripts by view. */
final class PageFiles {
    /** Scripts, by their name without the ending; {@code /js/NAME.js}. */
    static final List<String> SCRIPTS = List.of(
            "api",
            "app",
            "bars",
            "dom",
            "drift",
            "filters",
            "format",
            "heatmap",
            "help",
            "history",
            "keys",
            "models",
            "panels",
            "promote",
            "review",
            "scan",
            "similar",
            "studies",
            "study",
            "system",
            "timeline",
            "worklist");

    private PageFiles() {}

    static void addTo(RoutesConfig routes) {
        routes.get("/", new PageResource("page.html", "text/html; charset=utf-8"));
        for (String style : List.of("page", "worklist", "scan", "system", "study", "models")) {
            routes.get("/" + style + ".css", new PageResource(style + ".css", "text/css; charset=utf-8"));
        }
        for (String script : SCRIPTS) {
            routes.get(
                    "/js/" + script + ".js",
                    new PageResource("js/" + script + ".js", "text/javascript; charset=utf-8"));
        }
        routes.get("/icon.svg", new PageResource("icon.svg", "image/svg+xml"));
    }
}
