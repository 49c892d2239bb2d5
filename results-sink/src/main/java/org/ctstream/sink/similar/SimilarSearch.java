package org.ctstream.sink.similar;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.ctstream.service.error.StageException;
import org.ctstream.sink.store.EmbeddedResult;
import org.ctstream.sink.store.EmbeddingQueries;
import org.ctstream.sink.store.StoredEmbedding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the confirmed cases nearest to a scan, by comparing its embedding with all of them.
 *
 * <p>They are kept in memory, of the two models asked for last: the {@value #MOST_CASES} last reviewed of each, some 2 kB a
 * case with a DenseNet169, so 40 MB at most. The first question about a model reads them; later ones never wait for that: what
 * is older than {@link #FRESH} is read anew in the background while it answers.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class SimilarSearch implements AutoCloseable {
    /** The most cases of one answer. */
    public static final int MOST = 24;

    static final int MOST_CASES = 10_000;
    static final Duration FRESH = Duration.ofSeconds(15);

    private static final Logger log = LoggerFactory.getLogger(SimilarSearch.class);
    private static final Duration LONGEST_END = Duration.ofSeconds(5);
    private static final int MOST_MODELS = 2;
    /** Reading takes a twentieth of the time at most, however many cases there are. */
    private static final int TIMES_THE_COST = 20;

    private final EmbeddingQueries queries;
    private final Clock clock;
    private final Map<String, Model> models = new LinkedHashMap<>(MOST_MODELS, 0.75f, true);
    private final ExecutorService reading = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "ctstream-confirmed-cases");
        thread.setDaemon(true);
        return thread;
    });

    public SimilarSearch(EmbeddingQueries queries, Clock clock) {
        this.queries = queries;
        this.clock = clock;
    }

    /**
     * The confirmed cases nearest to the scan's newest result.
     *
     * @param limit 1 to {@value #MOST}
     * @return empty if the scan has no result
     * @throws StageException as the database does
     */
    public Optional<SimilarCases> of(String scanId, int limit) {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit " + limit + " (expected: 1 to " + MOST + ")");
        }
        return queries.newestOf(scanId).map(asked -> nearest(asked, limit));
    }

    private SimilarCases nearest(EmbeddedResult asked, int limit) {
        StoredEmbedding embedding = asked.embedding();
        return embedding == null
                ? SimilarCases.ofNoEmbedding(asked.resultId())
                : model(asked.modelDigest()).nearest(asked, embedding, limit);
    }

    private Model model(String digest) {
        synchronized (models) {
            Model model = models.computeIfAbsent(digest, Model::new);
            if (models.size() > MOST_MODELS) {
                models.remove(models.keySet().iterator().next());
            }
            return model;
        }
    }

    /** Waits for what is being read: an interrupt in the middle would close H2's file under everybody. */
    @Override
    public void close() {
        reading.shutdown();
        try {
            if (!reading.awaitTermination(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS)) {
                log.atWarn().log("Confirmed cases are still being read at the end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The cases of one model's weights. */
    private final class Model {
        private final String digest;
        private CaseMemory latest = CaseMemory.none();
        private boolean read;
        private boolean renewing;
        private Duration goodFor = FRESH;

        Model(String digest) {
            this.digest = digest;
        }

        SimilarCases nearest(EmbeddedResult asked, StoredEmbedding embedding, int limit) {
            CaseMemory cases = cases();
            return cases.nearest(asked, embedding, limit, isRenewing(cases.readAt()));
        }

        /** Whoever asks first reads; the others wait for it. */
        private synchronized CaseMemory cases() {
            if (!read) {
                keep(renewed(latest));
                read = true;
            } else if (!renewing && clock.instant().isAfter(latest.readAt().plus(goodFor))) {
                renewing = true;
                try {
                    reading.execute(this::renew);
                } catch (RejectedExecutionException e) {
                    // Closed: what is here answers whoever still asks.
                    renewing = false;
                }
            }
            return latest;
        }

        private void renew() {
            CaseMemory before = current();
            try {
                keep(renewed(before));
            } catch (StageException e) {
                log.atWarn().addKeyValue("reason", e.getMessage()).log("Confirmed cases cannot be read now");
            } finally {
                ended();
            }
        }

        private CaseMemory renewed(CaseMemory before) {
            return before.renewed(queries, digest, MOST_CASES, clock.instant());
        }

        private synchronized boolean isRenewing(Instant of) {
            return renewing || latest.readAt().isAfter(of);
        }

        private synchronized CaseMemory current() {
            return latest;
        }

        private synchronized void keep(CaseMemory renewed) {
            Duration cost = Duration.between(renewed.readAt(), clock.instant()).multipliedBy(TIMES_THE_COST);
            goodFor = cost.compareTo(FRESH) > 0 ? cost : FRESH;
            latest = renewed;
        }

        private synchronized void ended() {
            renewing = false;
        }
    }
}
