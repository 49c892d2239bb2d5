package org.ctstream.reliability.program;

import java.util.Collection;
import java.util.List;
import org.ctstream.benchmarks.report.Table;

/**
 * Something ctstream promises, and how often it was broken.
 *
 * @param what the promise, as a sentence without its end
 * @param breaches how often it was broken; 0 keeps it
 * @param evidence what broke it, for example some scan ids, or what shows that it was kept
 */
public record Promise(String what, long breaches, String evidence) {
    private static final int EXAMPLES = 5;

    /** One that each of the culprits breaks. */
    public static Promise unbrokenBy(String what, Collection<String> culprits) {
        List<String> some = culprits.stream().sorted().limit(EXAMPLES).toList();
        String more = culprits.size() > EXAMPLES ? " and " + (culprits.size() - EXAMPLES) + " more" : "";
        return new Promise(what, culprits.size(), culprits.isEmpty() ? "" : String.join(", ", some) + more);
    }

    public static Promise of(String what, boolean kept, String evidence) {
        return new Promise(what, kept ? 0 : 1, evidence);
    }

    public boolean isKept() {
        return breaches == 0;
    }

    /** The promises with their verdicts. */
    public static Table table(List<Promise> promises) {
        var table = new Table("", "Promise", "Breaches", "Evidence", "Verdict");
        promises.forEach(promise ->
                table.row(promise.what, promise.breaches, promise.evidence, promise.isKept() ? "kept" : "**broken**"));
        return table;
    }
}
