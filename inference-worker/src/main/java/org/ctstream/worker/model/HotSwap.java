package org.ctstream.worker.model;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.releases.AnnouncedRelease;
import org.ctstream.releases.ReleaseCatalogue;
import org.ctstream.worker.predict.EnginePipeline;
import org.ctstream.worker.predict.Successor;

/**
 * Brings the newest release in production that can be served to a running engine: fetched, checked, opened and run once
 * beside the one that serves, then handed over. If none can be brought there, the one that serves stays in place.
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
        List<AnnouncedRelease> production = catalogue.inProduction();
        if (production.isEmpty()) {
            report.nothingFailed();
            note("no release is in production; keeps what it has");
            return Attempts.NEVER;
        }
        // The newest that can be served, as at the start: a release that was retired must not stay for want of that.
        Duration wait = Attempts.NEVER;
        String reason = FollowedModel.IN_PRODUCTION;
        for (AnnouncedRelease release : production) {
            if (Target.of(release).equals(target) || brought(release, reason)) {
                note(reason);
                if (reason.equals(FollowedModel.IN_PRODUCTION)) {
                    report.nothingFailed();
                }
                return wait;
            }
            if (closing) {
                return Duration.ZERO;
            }
            Duration due = attempts.untilDue(release);
            wait = due.compareTo(wait) < 0 ? due : wait;
            reason = FollowedModel.SERVABLE;
        }
        note("kept, because no release in production can be served");
        return wait;
    }

    /** False if it cannot be served, or is not to be tried again yet. */
    private boolean brought(AnnouncedRelease wanted, String reason) {
        if (!attempts.untilDue(wanted).isZero()) {
            return false;
        }
        try {
            bring(wanted, reason);
            return true;
        } catch (RuntimeException | Error e) {
            // An Error too, of a library that cannot be linked or a heap too small: without this thread no release
            // would be taken any more, and nobody told.
            if (!closing) {
                ReleaseFailure failure = ReleaseFailure.of(e);
                attempts.failed(wanted, failure);
                report.failed(wanted, failure, "goes on with " + target.id());
            }
            return false;
        }
    }

    private void note(String reason) {
        if (!reason.equals(why)) {
            why = reason;
            report.note(target.id(), target.sha256(), reason);
        }
    }

    private void bring(AnnouncedRelease wanted, String reason) {
        Supplier<Classifier> opening = opener.opening(opener.fetch(wanted));
        Classifier classifier = opening.get();
        target = Target.of(wanted);
        why = reason;
        engine.swapTo(new Successor(classifier, opening, () -> report.swapped(engine, wanted.id(), reason)));
    }
}
