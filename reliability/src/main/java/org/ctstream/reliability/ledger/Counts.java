package org.ctstream.reliability.ledger;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** How often each scan was seen somewhere. Not thread-safe. */
public final class Counts {
    private final Map<String, Integer> byScan = new HashMap<>();

    public void add(String scanId) {
        byScan.merge(scanId, 1, Integer::sum);
    }

    public int of(String scanId) {
        return byScan.getOrDefault(scanId, 0);
    }

    public Set<String> scans() {
        return byScan.keySet();
    }

    /** Of the wanted scans, those never seen. */
    public Set<String> missing(Collection<String> wanted) {
        var missing = new TreeSet<>(wanted);
        missing.removeAll(byScan.keySet());
        return missing;
    }

    /** Scans seen more than once. */
    public Set<String> repeated() {
        var repeated = new TreeSet<String>();
        byScan.forEach((scan, times) -> {
            if (times > 1) {
                repeated.add(scan);
            }
        });
        return repeated;
    }

    /** Seen in all. */
    public long sum() {
        return byScan.values().stream().mapToLong(Integer::longValue).sum();
    }
}
