package org.ctstream.reliability.storm;

import java.util.Map;
import java.util.TreeMap;
import org.ctstream.benchmarks.report.Table;

/** How many blows of which sort fell on what. Thread-safe. */
public final class Tally {
    private final Map<String, Integer> kills = new TreeMap<>();
    private final Map<String, Integer> pauses = new TreeMap<>();

    synchronized void killed(String kind) {
        kills.merge(kind, 1, Integer::sum);
    }

    synchronized void paused(String kind) {
        pauses.merge(kind, 1, Integer::sum);
    }

    public synchronized int kills(String kind) {
        return kills.getOrDefault(kind, 0);
    }

    public synchronized int pauses(String kind) {
        return pauses.getOrDefault(kind, 0);
    }

    public synchronized int blows() {
        return kills.values().stream().mapToInt(Integer::intValue).sum()
                + pauses.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** By kind. */
    public synchronized Table table() {
        var kinds = new TreeMap<>(kills);
        kinds.putAll(pauses);
        var table = new Table("Blows.", "Kind", "kill -9", "SIGSTOP past the session");
        kinds.keySet().forEach(kind -> table.row(kind, kills(kind), pauses(kind)));
        return table;
    }
}
