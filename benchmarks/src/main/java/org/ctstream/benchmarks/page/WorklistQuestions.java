package org.ctstream.benchmarks.page;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.ctstream.schemas.avro.Label;
import org.ctstream.sink.similar.SimilarSearch;
import org.ctstream.sink.store.Cursor;
import org.ctstream.sink.store.Database;
import org.ctstream.sink.store.DetailQueries;
import org.ctstream.sink.store.EmbeddingQueries;
import org.ctstream.sink.store.ReviewFilter;
import org.ctstream.sink.store.ScanSearch;
import org.ctstream.sink.store.WorklistCursor;
import org.ctstream.sink.store.WorklistFilter;
import org.ctstream.sink.store.WorklistQueries;
import org.jspecify.annotations.Nullable;

/** What readers ask of the worklist, each with other values every time. For one thread. */
final class WorklistQuestions implements AutoCloseable {
    private static final int SIMILAR = 6;
    private static final int LIMIT = WorklistFilter.DEFAULT_LIMIT;

    private final WorklistQueries worklist;
    private final DetailQueries details;
    private final SimilarSearch similar;
    private final ResultsFill filled;
    private final Duration span;
    private final Random random;

    /** @param span how far back the stored results go */
    WorklistQuestions(Database database, ResultsFill filled, Duration span, long seed) {
        this.worklist = new WorklistQueries(database);
        this.details = new DetailQueries(database);
        this.similar = new SimilarSearch(new EmbeddingQueries(database), Clock.systemUTC());
        this.filled = filled;
        this.span = span;
        this.random = new Random(seed);
    }

    /** The questions by name. */
    Map<String, Runnable> all() {
        var all = new LinkedHashMap<String, Runnable>();
        all.put("first page", () -> ask(null, null, null, null, null, null, ReviewFilter.ANY, null));
        all.put("any later page", () -> ask(null, null, null, null, null, null, ReviewFilter.ANY, anyPlace()));
        all.put("positives", () -> ask(Label.POSITIVE, null, null, null, null, null, ReviewFilter.ANY, null));
        all.put(
                "indeterminate, 1 in 500",
                () -> ask(Label.INDETERMINATE, null, null, null, null, null, ReviewFilter.ANY, null));
        all.put(
                "one source of 20, any later page",
                () -> ask(null, null, null, anySource(), null, null, ReviewFilter.ANY, anyPlace()));
        all.put("probability in a tenth of the range", () -> {
            double least = random.nextDouble() * 0.9;
            ask(null, least, least + 0.1, null, null, null, ReviewFilter.ANY, null);
        });
        all.put("probability in a 2000th of the range", () -> {
            double least = random.nextDouble() * 0.999;
            ask(null, least, least + 0.0005, null, null, null, ReviewFilter.ANY, null);
        });
        all.put("the oldest model version", () -> ask(null, null, null, null, "1.0", null, ReviewFilter.ANY, null));
        all.put("any hour", () -> ask(null, null, null, null, null, anyTime(), ReviewFilter.ANY, null));
        all.put("to review", () -> ask(null, null, null, null, null, null, ReviewFilter.OPEN, null));
        all.put("reviewed, none", () -> ask(null, null, null, null, null, null, ReviewFilter.DONE, null));
        all.put(
                "source, positive, probability above 0.99",
                () -> ask(Label.POSITIVE, 0.99, 1.0, anySource(), null, null, ReviewFilter.ANY, null));
        all.put("source that is none", () -> ask(null, null, null, "elsewhere", null, null, ReviewFilter.ANY, null));
        all.put(
                "scan by the beginning of its id",
                () -> worklist.list(new WorklistFilter(
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        ReviewFilter.ANY,
                        new ScanSearch(filled.anyScanId().substring(0, 8)),
                        null,
                        LIMIT)));
        all.put("one scan with all its results", () -> details.ofScan(filled.anyScanId()));
        all.put("similar confirmed cases", () -> similar.of(filled.anyScanId(), SIMILAR));
        return all;
    }

    @Override
    public void close() {
        similar.close();
    }

    private void ask(
            @Nullable Label label,
            @Nullable Double least,
            @Nullable Double most,
            @Nullable String source,
            @Nullable String version,
            @Nullable Instant from,
            ReviewFilter reviewed,
            @Nullable WorklistCursor after) {
        worklist.list(new WorklistFilter(
                label,
                least,
                most,
                source,
                version == null ? null : "densenet169",
                version,
                from,
                from == null ? null : from.plus(Duration.ofHours(1)),
                reviewed,
                null,
                after,
                LIMIT));
    }

    private WorklistCursor anyPlace() {
        return new WorklistCursor(0, new Cursor(anyTime(), "7"));
    }

    private Instant anyTime() {
        return Instant.now().minusMillis((long) (random.nextDouble() * span.toMillis()));
    }

    private String anySource() {
        return ResultsFill.source(random.nextInt(ResultsFill.SOURCES));
    }
}
