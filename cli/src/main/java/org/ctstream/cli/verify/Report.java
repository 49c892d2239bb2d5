package org.ctstream.cli.verify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import org.ctstream.cli.connect.KeptRange;
import org.ctstream.cli.console.Json;

/** Writes findings as they come, and the sums at the end. */
final class Report {
    private final PrintWriter out;
    private final boolean json;

    Report(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    void finding(Finding finding) {
        line(finding.kind(), finding, finding.text());
    }

    /** Says what retention has taken out of the time asked for; true if nothing. */
    boolean removed(List<KeptRange> received, Instant since) {
        boolean complete = true;
        for (KeptRange range : received) {
            if (range.lacks(since)) {
                complete = false;
                String earliest = range.earliest() == null
                        ? "no record at all"
                        : range.earliest().toString();
                finding(new Finding.Removed(range.partition().toString(), range.begin(), earliest));
            }
        }
        return complete;
    }

    void summary(Tally.Summary sums) {
        line(
                "summary",
                sums,
                String.join(
                        System.lineSeparator(),
                        "Received from " + sums.since() + " until " + sums.until() + ": " + sums.received() + " scans",
                        "  stored                  " + sums.stored()
                                + (sums.storedAndDeadLetter() == 0
                                        ? ""
                                        : " (" + sums.storedAndDeadLetter() + " of them with a dead letter besides)"),
                        "  dead letter, not stored " + sums.deadLetters(),
                        "  neither                 " + sums.missing()
                                + (sums.missing() == 0 ? "" : " " + sums.missingByWhereabouts()),
                        "  stored twice            " + sums.duplicates(),
                        verdict(sums)));
        out.flush();
    }

    private static String verdict(Tally.Summary sums) {
        if (!sums.ok()) {
            return "NOT every scan is accounted for";
        }
        return sums.complete()
                ? "Every scan is accounted for"
                : "Every scan that retention has left to be counted is accounted for";
    }

    private void line(String kind, Object value, String text) {
        if (json) {
            ObjectNode node = Json.MAPPER.createObjectNode().put("kind", kind);
            node.setAll((ObjectNode) Json.MAPPER.valueToTree(value));
            out.println(Json.line(node));
        } else {
            out.println(text);
        }
    }
}
