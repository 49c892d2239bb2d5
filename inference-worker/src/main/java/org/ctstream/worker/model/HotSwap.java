package org.ctstream.worker.model;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.Prediction;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.releases.AnnouncedRelease;
import org.ctstream.releases.ReleaseCatalogue;
import org.ctstream.worker.predict.EnginePipeline;
import org.ctstream.worker.predict.Successor;
import org.ctstream.worker.predict.WarmUp;

/**
 * Brings the newest release in production to a running engine: fetched, checked, opened and run once beside the one that
 * serves, then handed over. What cannot be brought there leaves the one that serves in place.
 *
 * <h2>Thread safety</h2>
 * Owns a thread; {@link #close} is safe from any.
 */
final class HotSwap implements AutoCloseable {
    private static final long CLOSE_TIMEOUT_MS = 10_000;

    private final EnginePipeline engine;
    private final ReleaseOpener opener;
    private final CatalogueBoard board;
    private final Attempts attempts;
    private final ServingReport report;
    private final Thread thread = new Thread(this::run, "hot-swap");
    /** What is served, or will be after the batch that runs now. */
    private Target target;
    /** What was last noted as the reason for serving it. */
    private String why = "";

    private volatile boolean closing;

    /** A release by what tells it from any other. */
    record Target(ReleaseId id, String sha256) {
        static Target of(ModelRelease release) {
            return new Target(release.id(), release.sha256());
        }

        static Target of(AnnouncedRelease release) {
            return new Target(release.id(), release.sha256());
        }
    }

    /** @param serving the release the engine was started with */
    HotSwap(
            EnginePipeline engine,
            Target serving,
            ReleaseOpener opener,
            CatalogueBoard board,
            Attempts attempts,
            ServingReport report) {
        this.engine = engine;
        this.target = serving;
        this.opener = opener;
        this.board = board;
        this.attempts = attempts;
        this.report = report;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        closing = true;
        // Ends a wait for news at once; opening a network in native code cannot be interrupted.
        thread.interrupt();
        try {
            thread.join(CLOSE_TIMEOUT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closing) {
                long news = board.news();
                Duration pause = board.latest().map(this::follow).orElse(Attempts.NEVER);
                board.awaitNewsAfter(news, pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Does what the catalogue asks for; returns how long to wait if there is no news. */
    private Duration follow(ReleaseCatalogue catalogue) {
        attempts.keepOnlyThoseOf(catalogue);
        Optional<AnnouncedRelease> production = catalogue.production();
        if (production.isEmpty()) {
            report.nothingFailed();
            note("no release is in production; keeps what it has");
            return Attempts.NEVER;
        }
        AnnouncedRelease wanted = production.get();
        if (Target.of(wanted).equals(target)) {
            report.nothingFailed();
            note(FollowedModel.IN_PRODUCTION);
            return Attempts.NEVER;
        }
        Duration wait = attempts.untilDue(wanted);
        if (!wait.isZero()) {
            return wait;
        }
        try {
            bring(wanted);
            report.nothingFailed();
            return Attempts.NEVER;
        } catch (RuntimeException | LinkageError e) {
            if (closing) {
                return Duration.ZERO;
            }
            ReleaseFailure failure = ReleaseFailure.of(e);
            attempts.failed(wanted, failure);
            report.failed(wanted, failure, "goes on with " + target.id());
            return attempts.untilDue(wanted);
        }
    }

    private void note(String reason) {
        if (!reason.equals(why)) {
            why = reason;
            report.note(target.id(), target.sha256(), reason);
        }
    }

    private void bring(AnnouncedRelease wanted) {
        StoredRelease stored = opener.fetch(wanted);
        requireSliceSize(stored.release());
        Supplier<Classifier> opening = opener.opening(stored);
        Classifier classifier = opening.get();
        try {
            requireNumber(WarmUp.run(classifier), stored.release());
        } catch (RuntimeException | Error e) {
            classifier.close();
            throw e;
        }
        target = Target.of(wanted);
        why = FollowedModel.IN_PRODUCTION;
        engine.swapTo(new Successor(
                classifier, opening, () -> report.swapped(engine, wanted.id(), FollowedModel.IN_PRODUCTION)));
    }

    /** Scans are normalized to one size; a release for another would turn every one of them into a dead letter. */
    private void requireSliceSize(ModelRelease release) {
        ModelRelease present = engine.release();
        if (release.height() != present.height() || release.width() != present.width()) {
            throw new UnfitReleaseException(
                    ReleaseFailure.GEOMETRY,
                    "release " + release.id() + " takes slices of " + release.height() + " x " + release.width()
                            + ", expected " + present.height() + " x " + present.width()
                            + ", the size scans are normalized to");
        }
    }

    private static void requireNumber(Prediction ofBlackSlice, ModelRelease release) {
        if (ofBlackSlice.probability().isEmpty()) {
            throw new UnfitReleaseException(
                    ReleaseFailure.OUTPUT,
                    "release " + release.id() + " answers a black slice with no number: " + ofBlackSlice);
        }
    }
}
