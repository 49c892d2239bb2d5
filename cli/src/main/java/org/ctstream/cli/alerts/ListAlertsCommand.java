package org.ctstream.cli.alerts;

import java.io.PrintWriter;
import java.util.List;
import org.ctstream.cli.console.Json;
import org.ctstream.cli.console.Table;
import org.ctstream.sink.store.DeliveryRow;
import org.ctstream.sink.store.EndpointCounts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ctstream alerts list}. */
@Command(
        name = "list",
        description = {
            "Lists what waits for each webhook and HL7 receiver, and the alerts in one state: those given up as dead, unless"
                    + " --state says otherwise.",
            ""
        },
        footer = {"", "Example: ctstream alerts list --state suppressed --since 24h"})
public final class ListAlertsCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private SinkOption sink = new SinkOption();

    @Mixin
    private AlertFilter filter = new AlertFilter();

    @Option(names = "--json", description = "One JSON line per alert instead of tables.")
    private boolean json;

    @Override
    public void run() {
        SinkAlerts alerts = sink.alerts();
        PrintWriter out = spec.commandLine().getOut();
        List<DeliveryRow> rows = alerts.list(filter.query());
        if (json) {
            rows.forEach(row -> out.println(Json.line(row)));
            out.flush();
            return;
        }
        endpoints(alerts.endpoints()).print(out);
        out.println();
        if (rows.isEmpty()) {
            out.println("No alerts are " + filter.state());
        } else {
            table(rows).print(out);
        }
        out.flush();
    }

    private static Table endpoints(List<EndpointCounts> endpoints) {
        var table = new Table("ENDPOINT", "ENABLED", "PENDING", "OLDEST", "DEAD", "SUPPRESSED");
        for (EndpointCounts endpoint : endpoints) {
            table.row(
                    endpoint.name(),
                    endpoint.enabled() ? "yes" : "no",
                    endpoint.pending(),
                    endpoint.oldestPending() == null ? "" : endpoint.oldestPending(),
                    endpoint.dead(),
                    endpoint.suppressed());
        }
        return table;
    }

    static Table table(List<DeliveryRow> rows) {
        var table = new Table("ALERT", "SCAN", "ENDPOINT", "RAISED", "ATTEMPTS", "REASON", "INSTEAD", "REPLAYS");
        for (DeliveryRow row : rows) {
            table.row(
                    row.alertId(),
                    row.scanId(),
                    row.endpoint(),
                    row.alertedAt(),
                    row.attempts(),
                    row.reason() == null ? "" : row.reason(),
                    row.suppressedBy() == null ? "" : row.suppressedBy(),
                    row.replays());
        }
        return table;
    }
}
