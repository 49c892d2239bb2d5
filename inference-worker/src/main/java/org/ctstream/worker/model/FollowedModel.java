package org.ctstream.worker.model;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.release.ReleaseException;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.releases.AnnouncedRelease;
import org.ctstream.releases.ReleaseCatalogue;
import org.ctstream.releases.ReleaseFollower;
import org.ctstream.releases.ReleaseTopic;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.health.Health;
import org.ctstream.worker.predict.EnginePipeline;
import org.jspecify.annotations.Nullable;

/**
 * The newest release in production, or the default release while none is; a new one is swapped in while scans go on.
 *
 * <p>A worker that starts while the newest release in production cannot be served takes the one that was in production
 * before it, as workers do that are running already.
 */
public final class FollowedModel implements ModelSource {
    static final String IN_PRODUCTION = "the newest release in production";
    static final String SERVABLE = "the newest release in production that can be served";

    private static final String PART = "model";
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration SLOWEST_RETRY = Duration.ofSeconds(60);
    /** How long a stop may go unnoticed while there is nothing to serve yet. */
    private static final Duration STOP_CHECK = Duration.ofMillis(100);

    private final ReleaseOpener opener;
    private final Health health;
    private final ServingReport report;
    private final CatalogueBoard board;
    private final ReleaseFollower follower;
    private final Attempts attempts = new Attempts(FIRST_RETRY, SLOWEST_RETRY, System::nanoTime);
    private @Nullable HotSwap swap;

    /** Begins to follow the topic. */
    public FollowedModel(ReleaseTopic topic, ReleaseOpener opener, Health health, ServingReport report) {
        this.opener = opener;
        this.health = health;
        this.report = report;
        this.board = new CatalogueBoard(health);
        this.follower = ReleaseFollower.start(topic, board);
    }

    @Override
    public Optional<EnginePipeline> start(
            Function<Supplier<Classifier>, EnginePipeline> start, BooleanSupplier stopping) {
        health.notReady(PART, "reading which release is in production");
        try {
            while (!stopping.getAsBoolean()) {
                health.signOfLife();
                long news = board.news();
                Optional<EnginePipeline> engine = board.latest().flatMap(catalogue -> startWith(catalogue, start));
                if (engine.isPresent()) {
                    health.ready(PART);
                    return engine;
                }
                requireHope();
                board.awaitNewsAfter(news, STOP_CHECK);
            }
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FatalStageException(Stage.CLASSIFY, "Interrupted while waiting for a release to serve", e);
        }
    }

    @Override
    public void close() {
        if (swap != null) {
            swap.close();
        }
        follower.close();
    }

    private Optional<EnginePipeline> startWith(
            ReleaseCatalogue catalogue, Function<Supplier<Classifier>, EnginePipeline> start) {
        if (catalogue.inProduction().isEmpty()) {
            return Optional.of(startWithDefault(start));
        }
        attempts.keepOnlyThoseOf(catalogue);
        for (AnnouncedRelease release : catalogue.inProduction()) {
            if (attempts.untilDue(release).isZero()) {
                try {
                    StoredRelease stored = opener.fetch(release);
                    boolean newest = release == catalogue.inProduction().get(0);
                    return Optional.of(begin(
                            start.apply(opener.opening(stored)),
                            HotSwap.Target.of(release),
                            newest ? IN_PRODUCTION : SERVABLE));
                } catch (ClassifierException.Unavailable e) {
                    throw ReleaseOpener.fatal(e); // the engine, not the release: no other one would do better
                } catch (RuntimeException e) {
                    ReleaseFailure failure = ReleaseFailure.of(e);
                    attempts.failed(release, failure);
                    report.failed(release, failure, "nothing is served yet");
                    health.notReady(
                            PART,
                            "no release in production can be served; the last one tried: " + release.id() + ": "
                                    + failure.message());
                }
            }
        }
        return Optional.empty();
    }

    private EnginePipeline startWithDefault(Function<Supplier<Classifier>, EnginePipeline> start) {
        StoredRelease release;
        try {
            release = opener.fetchDefault();
        } catch (ReleaseException e) {
            throw ReleaseOpener.fatal(e);
        }
        return begin(
                start.apply(opener.openingOrFatal(release)),
                HotSwap.Target.of(release.release()),
                "the default release, because none is in production");
    }

    private EnginePipeline begin(EnginePipeline engine, HotSwap.Target serving, String why) {
        report.serving(engine, serving.id(), why);
        swap = new HotSwap(engine, serving, opener, board, attempts, report);
        swap.start();
        return engine;
    }

    /** A topic that we may not read, or that is not there, is for people to mend: a worker with nothing to serve ends. */
    private void requireHope() {
        if (board.latest().isEmpty() && board.away().orElse(null) instanceof FatalStageException hopeless) {
            throw hopeless;
        }
    }
}
