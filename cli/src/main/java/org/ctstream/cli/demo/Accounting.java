package org.ctstream.cli.demo;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.ctstream.publisher.Refusal;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.deadletter.DeadLetter;

/** Holds what was published against what came out of it. */
final class Accounting {
    private static final double MILLIS = 1000.0;

    private final Map<String, String> sources;
    private final List<Refusal> refused;
    private final TopicTally tally;

    /** @param sources source by scan id of every published scan */
    Accounting(Map<String, String> sources, List<Refusal> refused, TopicTally tally) {
        this.sources = Map.copyOf(sources);
        this.refused = List.copyOf(refused);
        this.tally = tally;
    }

    /** @param all results of the sink; those of other runs are left out */
    Report report(List<StoredResult> all, Duration elapsed) {
        List<StoredResult> results = all.stream()
                .filter(result -> sources.containsKey(result.scanId()))
                .toList();
        Map<String, Integer> storedTimes = new HashMap<>();
        results.forEach(result -> storedTimes.merge(result.scanId(), 1, Integer::sum));
        Set<String> dead = tally.deadLettered(sources::containsKey);
        int surplusResults = results.size() - storedTimes.size();
        List<DeadLetter> letters = tally.deadLetters(sources::containsKey);
        int surplusLetters = letters.size() - dead.size();
        int done = storedTimes.size() + dead.size();
        return new Report(
                sources.size(),
                tally.scansOn(Topic.SCAN_NORMALIZED, sources::containsKey),
                tally.scansOn(Topic.SCAN_CLASSIFIED, sources::containsKey),
                storedTimes.size(),
                tally.scansOn(Topic.SCAN_ALERTED, sources::containsKey),
                dead.size(),
                tally.surplusOn(Topic.SCAN_CLASSIFIED, sources::containsKey)
                        + tally.surplusOn(Topic.SCAN_ALERTED, sources::containsKey)
                        + surplusResults
                        + surplusLetters,
                elapsed.toMillis(),
                elapsed.isZero() ? 0 : Math.round(done * MILLIS * MILLIS / elapsed.toMillis()) / MILLIS,
                Percentiles.of(results.stream()
                        .map(result -> result.latency().toMillis())
                        .toList()),
                results.stream()
                        .map(this::row)
                        .sorted(Comparator.comparing(Report.Result::source))
                        .toList(),
                letters.stream()
                        .map(this::row)
                        .sorted(Comparator.comparing(Report.Rejected::source))
                        .toList(),
                named(id -> !storedTimes.containsKey(id) && !dead.contains(id)),
                named(id -> storedTimes.containsKey(id) && dead.contains(id)),
                refused);
    }

    private List<String> named(Predicate<String> which) {
        return sources.keySet().stream()
                .filter(which)
                .map(this::source)
                .sorted()
                .toList();
    }

    private Report.Result row(StoredResult result) {
        return new Report.Result(
                result.scanId(),
                source(result.scanId()),
                result.label(),
                result.probability(),
                result.modelName(),
                result.modelVersion(),
                result.modelTrained(),
                result.engine());
    }

    private Report.Rejected row(DeadLetter letter) {
        return new Report.Rejected(
                letter.scanId(), source(letter.scanId()), letter.stage(), letter.reason(), letter.message());
    }

    private String source(String scanId) {
        return sources.getOrDefault(scanId, scanId);
    }
}
