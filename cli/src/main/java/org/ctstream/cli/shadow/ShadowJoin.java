package org.ctstream.cli.shadow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings together what both releases said of a scan, whichever comes first. Bounded: of what waits for its counterpart only the
 * newest is kept.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 */
final class ShadowJoin {
    private final int most;
    private final boolean productionMayBeFirst;
    private final Map<ScanKey, OfCandidate> candidates = new LinkedHashMap<>();
    private final Map<ScanKey, Answer> productions = new LinkedHashMap<>();
    private final Map<ScanKey, Compared> compared = new LinkedHashMap<>();
    private long forgotten;

    private record OfCandidate(String source, Answer answer) {}

    /**
     * @param most the most scans that wait on either side
     * @param productionMayBeFirst whether an answer of production is kept until the candidate's comes; else it is of no
     *     interest
     */
    ShadowJoin(int most, boolean productionMayBeFirst) {
        this.most = most;
        this.productionMayBeFirst = productionMayBeFirst;
    }

    /** True if the candidate has had this scan already: what Kafka delivers twice is compared once. */
    boolean has(ScanKey key) {
        return candidates.containsKey(key) || compared.containsKey(key);
    }

    void candidate(ScanKey key, String source, Answer answer) {
        if (has(key)) {
            return;
        }
        Answer production = productions.remove(key);
        if (production != null) {
            compared.put(key, new Compared(key, source, answer, production));
            return;
        }
        candidates.put(key, new OfCandidate(source, answer));
        forgotten += forgetBeyond(candidates);
    }

    void production(ScanKey key, Answer answer) {
        OfCandidate candidate = candidates.remove(key);
        if (candidate != null) {
            compared.put(key, new Compared(key, candidate.source(), candidate.answer(), answer));
        } else if (productionMayBeFirst && !compared.containsKey(key)) {
            productions.put(key, answer);
            long unused = forgetBeyond(productions); // most of them are of scans from before the beginning
        }
    }

    /** Scans the candidate has classified and production has not, as far as is known. */
    Set<ScanKey> waiting() {
        return Set.copyOf(candidates.keySet());
    }

    int waitingCount() {
        return candidates.size();
    }

    int comparedCount() {
        return compared.size();
    }

    /** Scans the candidate has classified whose counterpart did not come before too many others waited. */
    long forgotten() {
        return forgotten;
    }

    /** In the order in which they came together. */
    List<Compared> compared() {
        return new ArrayList<>(compared.values());
    }

    private long forgetBeyond(Map<ScanKey, ?> waiting) {
        long before = waiting.size();
        var oldest = waiting.keySet().iterator();
        while (waiting.size() > most) {
            oldest.next();
            oldest.remove();
        }
        return before - waiting.size();
    }
}
