package org.ctstream.cli.verify;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ctstream.cli.connect.Place;
import org.jspecify.annotations.Nullable;

/**
 * All that was seen of one scan.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 */
final class Account {
    /** A record of the scan; for {@link Stage#REDRIVEN} the letter that was sent back. */
    record Seen(Stage stage, Place place, long timeMs) {}

    private final String scan;
    private @Nullable Seen firstReceived;
    private @Nullable Seen lastReceived;
    private @Nullable Seen normalized;
    private @Nullable Seen classified;
    // Few scans have any of these.
    private Set<List<Object>> letters = Set.of();
    private Set<List<Object>> redriven = Set.of();
    private Map<String, Set<Long>> results = Map.of();

    Account(String scan) {
        this.scan = scan;
    }

    String scan() {
        return scan;
    }

    /** Seeing the same record again changes nothing. */
    void seen(Seen seen) {
        switch (seen.stage()) {
            case RECEIVED -> {
                firstReceived = firstReceived == null || seen.timeMs() < firstReceived.timeMs() ? seen : firstReceived;
                lastReceived = newer(lastReceived, seen);
            }
            case NORMALIZED -> normalized = newer(normalized, seen);
            case CLASSIFIED -> classified = newer(classified, seen);
            case DEAD_LETTER -> letters = with(letters, seen);
            case REDRIVEN -> redriven = with(redriven, seen);
            case STORED -> throw new IllegalArgumentException("a stored result has no place on a topic");
        }
    }

    /** @param result tells this release's results apart */
    void stored(String release, long result) {
        if (results.isEmpty()) {
            results = new HashMap<>();
        }
        results.computeIfAbsent(release, unseen -> new HashSet<>()).add(result);
    }

    /** When it was first received, milliseconds since 1970; -1 if it was not, so far as was read. */
    long receivedMs() {
        return firstReceived == null ? -1 : firstReceived.timeMs();
    }

    boolean isStored() {
        return !results.isEmpty();
    }

    /** True if a dead letter of it lies there that nobody has sent back. */
    boolean isDead() {
        // A record without a scan id gets another name when it is sent back, and is counted under that one.
        return ScanNames.isScanId(scan)
                ? letters.stream().anyMatch(letter -> !redriven.contains(letter))
                : !letters.isEmpty();
    }

    int redrives() {
        return redriven.size();
    }

    /** The releases with more than one result, and how many they have. */
    Map<String, Integer> repeated() {
        Map<String, Integer> repeated = new HashMap<>();
        results.forEach((release, ids) -> {
            if (ids.size() > 1) {
                repeated.put(release, ids.size());
            }
        });
        return repeated;
    }

    /** The record that came furthest, the newest of its stage. */
    @Nullable
    Seen furthest() {
        if (classified != null) {
            return classified;
        }
        return normalized != null ? normalized : lastReceived;
    }

    private static Seen newer(@Nullable Seen known, Seen seen) {
        return known == null || seen.timeMs() >= known.timeMs() ? seen : known;
    }

    /** Place and time together name a letter for ever: offsets begin anew when a topic is created again. */
    private static Set<List<Object>> with(Set<List<Object>> known, Seen seen) {
        Set<List<Object>> more = known.isEmpty() ? new HashSet<>() : known;
        more.add(List.of(seen.place(), seen.timeMs()));
        return more;
    }
}
