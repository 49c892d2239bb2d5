package org.ctstream.sink.drift;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ctstream.schemas.avro.Label;
import org.ctstream.sink.store.DriftQueries;
import org.ctstream.sink.store.ScoredResult;
import org.jspecify.annotations.Nullable;

/**
 * Compares what each source sends now with the release's profile and with what the source sent before. Of a source with
 * several releases in the window, each is a line of its own.
 *
 * <p>Thread-safe.
 */
public final class DriftReader {
    /** Newest results of a source that are now. */
    static final int WINDOW_RESULTS = 1_000;
    /** Newest results of a source before the window that it is compared with. */
    static final int EARLIER_RESULTS = 4_000;

    private static final Duration EARLIER = Duration.ofDays(28);
    private static final double MINUTES_OF_HOUR = 60;

    private final DriftQueries queries;
    private final EmbeddingDrift embeddings;
    private final Profiles profiles;
    private final DriftSettings settings;
    private final Clock clock;

    public DriftReader(DriftQueries queries, Profiles profiles, DriftSettings settings, Clock clock) {
        this.queries = queries;
        this.embeddings = new EmbeddingDrift(queries, settings.leastResults());
        this.profiles = profiles;
        this.settings = settings;
        this.clock = clock;
    }

    /** Before the first look. */
    DriftReport none() {
        return report(null, List.of());
    }

    /** @throws org.ctstream.service.error.StageException if the database is away or refuses */
    public DriftReport read() {
        Instant now = clock.instant();
        Instant begin = now.minus(settings.window());
        List<SourceDrift> found = new ArrayList<>();
        for (String source : queries.sources(begin)) {
            List<ScoredResult> window = queries.newest(source, begin, now, WINDOW_RESULTS);
            Map<String, List<ScoredResult>> before =
                    byRelease(queries.newest(source, begin.minus(EARLIER), begin, EARLIER_RESULTS));
            byRelease(window)
                    .forEach((release, results) ->
                            found.add(drift(source, now, results, before.getOrDefault(release, List.of()))));
        }
        return report(now, found);
    }

    private DriftReport report(@Nullable Instant at, List<SourceDrift> sources) {
        return new DriftReport(at, settings.window().toMinutes() / MINUTES_OF_HOUR, settings.leastResults(), sources);
    }

    /** Newest first stays newest first; releases that share their weights are told apart by their version. */
    private static Map<String, List<ScoredResult>> byRelease(List<ScoredResult> results) {
        var releases = new LinkedHashMap<String, List<ScoredResult>>();
        for (ScoredResult result : results) {
            String release = result.model() + ":" + result.version() + "@" + result.digest();
            releases.computeIfAbsent(release, any -> new ArrayList<>()).add(result);
        }
        return releases;
    }

    private SourceDrift drift(String source, Instant at, List<ScoredResult> window, List<ScoredResult> before) {
        ScoredResult newest = window.get(0);
        double[] now = probabilities(window);
        double[] then = probabilities(before);
        var notes = new ArrayList<String>();
        Comparison training = null;
        Comparison earlier = null;
        var shift = new EmbeddingDrift.Shift(null, null);
        if (now.length < settings.leastResults()) {
            notes.add("fewer than " + settings.leastResults() + " results with a finding");
        } else {
            var bins = Bins.ofProbabilities(now);
            Optional<ReferenceProfile> profile = profiles.of(newest.digest());
            training = profile.map(known -> Comparison.of(known.probabilities(), bins))
                    .orElse(null);
            if (profile.isEmpty()) {
                notes.add("no profile of this release");
            }
            Instant begin = at.minus(settings.window());
            shift = embeddings.of(
                    source,
                    newest.digest(),
                    begin.minus(EARLIER),
                    begin,
                    at,
                    profile.map(ReferenceProfile::embeddings).orElse(null));
            if (then.length >= settings.leastResults()) {
                earlier = Comparison.of(Bins.ofProbabilities(then), bins);
            } else {
                notes.add("fewer than " + settings.leastResults() + " earlier results");
            }
        }
        return new SourceDrift(
                source,
                newest.model(),
                newest.version(),
                newest.digest(),
                window.size(),
                window.get(window.size() - 1).storedAt(),
                newest.storedAt(),
                1 - (double) now.length / window.size(),
                mean(now),
                training,
                earlier,
                shift.training(),
                shift.earlier(),
                String.join("; ", notes));
    }

    private static double[] probabilities(List<ScoredResult> results) {
        // What is INDETERMINATE is no chest CT, or no number: the release was not made on such.
        return results.stream()
                .filter(result -> result.label() != Label.INDETERMINATE)
                .mapToDouble(ScoredResult::probability)
                .toArray();
    }

    private static @Nullable Double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return values.length == 0 ? null : Double.valueOf(sum / values.length);
    }
}
