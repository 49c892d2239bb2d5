package org.ctstream.cli.audit;

import java.io.PrintWriter;
import java.util.stream.Collectors;
import org.ctstream.cli.console.Table;

/** A scan's way as text for people. */
final class TrailText {
    private TrailText() {}

    static void print(Trail trail, PrintWriter out) {
        out.println("Scan " + trail.scanId().replaceAll("\\p{Cntrl}", "?"));
        out.println();
        if (!trail.steps().isEmpty()) {
            var table = new Table("TIME", "EVENT", "WHERE", "");
            for (Step step : trail.steps()) {
                String details = step.details().entrySet().stream()
                        .map(detail -> detail.getKey() + "=" + detail.getValue())
                        .collect(Collectors.joining("  "));
                table.row(step.time(), step.event(), step.place(), details);
            }
            table.print(out);
            out.println();
        }
        out.println(trail.outcome() + ".");
        if (trail.readFrom() != null) {
            out.println("Topics were read from " + trail.readFrom() + " on; --since TIME looks further back.");
        }
        if (!trail.gaps().isEmpty()) {
            out.println("What cannot be told any more:");
            trail.gaps().forEach(gap -> out.println("  " + gap));
        }
        out.flush();
    }
}
