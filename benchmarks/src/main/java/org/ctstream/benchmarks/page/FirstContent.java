package org.ctstream.benchmarks.page;

import java.util.List;
import org.ctstream.benchmarks.cluster.ServicePages;
import org.ctstream.cli.CliException;

/** Fetches what a browser needs for the first rows: the page, its styles and scripts, and the list; one after the other. */
final class FirstContent {
    private static final int OK = 200;
    private static final List<String> PATHS = List.of(
            "/",
            "/page.css",
            "/worklist.css",
            "/scan.css",
            "/system.css",
            "/js/app.js",
            "/js/api.js",
            "/js/bars.js",
            "/js/dom.js",
            "/js/filters.js",
            "/js/format.js",
            "/js/heatmap.js",
            "/js/help.js",
            "/js/history.js",
            "/js/keys.js",
            "/js/panels.js",
            "/js/review.js",
            "/js/scan.js",
            "/js/system.js",
            "/js/timeline.js",
            "/js/worklist.js",
            "/api/worklist?limit=50");

    private final ServicePages pages;

    FirstContent(ServicePages pages) {
        this.pages = pages;
    }

    /** All of it once. */
    void load() {
        for (String path : PATHS) {
            int status = pages.get(path).statusCode();
            if (status != OK) {
                throw CliException.failure("The sink answered " + status + " to " + path, null);
            }
        }
    }
}
