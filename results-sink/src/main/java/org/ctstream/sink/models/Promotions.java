package org.ctstream.sink.models;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.releases.AnnouncedRelease;
import org.ctstream.releases.Promotion;
import org.ctstream.releases.ReleaseCatalogue;
import org.ctstream.releases.StageChange;
import org.ctstream.releases.assess.ShadowRule;
import org.ctstream.schemas.avro.ModelAssessed;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.error.StageException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts announced releases into production, decided by what the topics say at that moment. Every promotion stands in the log with who
 * asked for it and why, and in the announcement.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads; one promotes at a time. Sinks and commands do not wait for each other: the later
 * announcement counts.
 */
public final class Promotions {
    private static final Logger log = LoggerFactory.getLogger(Promotions.class);
    private static final long LONGEST_TURN_MS = 5_000;

    private final Supplier<ReleaseCatalogue> catalogue;
    private final Function<ReleaseId, Optional<ModelAssessed>> assessments;
    private final Announcing announcing;
    private final @Nullable ShadowRule rule;
    private final Clock clock;
    private final ReentrantLock turn = new ReentrantLock();

    /**
     * @param catalogue what is announced now; throws {@link StageException}
     * @param assessments the newest assessment of a release; throws {@link StageException}
     * @param rule what is asked of a candidate; null for nothing
     */
    public Promotions(
            Supplier<ReleaseCatalogue> catalogue,
            Function<ReleaseId, Optional<ModelAssessed>> assessments,
            Announcing announcing,
            @Nullable ShadowRule rule,
            Clock clock) {
        this.catalogue = catalogue;
        this.assessments = assessments;
        this.announcing = announcing;
        this.rule = rule;
        this.clock = clock;
    }

    /** What became of it. */
    public sealed interface Outcome {
        /** It is announced, at that offset. */
        record Promoted(Promotion promotion, long offset) implements Outcome {}

        /** Nothing was changed, for this reason. */
        record Refused(String why) implements Outcome {}

        /** Kafka has not acknowledged it in time: whether it is announced is not known. */
        record Unacknowledged() implements Outcome {}

        /** Nobody has announced a release of that name. */
        record Unknown() implements Outcome {}
    }

    /** Whether a candidate has to have been in shadow. */
    public boolean isShadowRequired() {
        return rule != null;
    }

    /**
     * What promoting it would be refused for, as the topics stand; empty if for nothing.
     *
     * @param assessed the release's newest assessment; null if there is none
     */
    public Optional<String> objection(
            ReleaseCatalogue now, AnnouncedRelease release, @Nullable ModelAssessed assessed) {
        Optional<String> files = StoredFiles.objection(release);
        return files.isPresent() || rule == null
                ? files
                : rule.objection(now, release.id(), release.sha256(), assessed, clock.instant());
    }

    /**
     * Promotes.
     *
     * @param replaces the release that whoever asks took to be in production; null for none
     * @param change who asks, and why
     * @throws StageException if what is announced cannot be learnt now: then nothing was changed
     */
    public Outcome promote(ReleaseId release, @Nullable ReleaseId replaces, StageChange change) {
        takeTurn(release);
        try {
            ReleaseCatalogue now = catalogue.get();
            AnnouncedRelease found = now.find(release).orElse(null);
            if (found == null) {
                return new Outcome.Unknown();
            }
            Promotion promotion = Promotion.of(now, release);
            if (promotion.kind() == Promotion.Kind.AGAIN) {
                return refused(promotion, change, release + " is in production already; nothing was changed.");
            }
            ReleaseId present = promotion.replaces();
            if (present == null ? replaces != null : !present.equals(replaces)) {
                return refused(
                        promotion,
                        change,
                        "Meanwhile " + (present == null ? "no release" : present) + " is in production, not "
                                + (replaces == null ? "none" : replaces) + "; nothing was changed.");
            }
            Optional<String> objection = objection(
                    now, found, rule == null ? null : assessments.apply(release).orElse(null));
            if (objection.isPresent()) {
                return refused(promotion, change, objection.get() + ".");
            }
            return announce(found, promotion, change);
        } finally {
            turn.unlock();
        }
    }

    private Outcome announce(AnnouncedRelease release, Promotion promotion, StageChange change) {
        try {
            long offset = announcing.restage(release, change);
            log.atInfo()
                    .addKeyValue("release", promotion.release())
                    .addKeyValue("replaces", promotion.replaces())
                    .addKeyValue("kind", promotion.kind())
                    .addKeyValue("by", change.by())
                    .addKeyValue("reason", change.reason())
                    .addKeyValue("offset", offset)
                    .log("Release promoted on the page");
            return new Outcome.Promoted(promotion, offset);
        } catch (StageException e) {
            log.atError()
                    .setCause(e)
                    .addKeyValue("release", promotion.release())
                    .addKeyValue("by", change.by())
                    .log("Promotion of a release was not acknowledged");
            return new Outcome.Unacknowledged();
        }
    }

    private static Outcome refused(Promotion promotion, StageChange change, String why) {
        log.atWarn()
                .addKeyValue("release", promotion.release())
                .addKeyValue("by", change.by())
                .addKeyValue("reason", why)
                .log("Release not promoted");
        return new Outcome.Refused(why);
    }

    private void takeTurn(ReleaseId release) {
        try {
            if (turn.tryLock(LONGEST_TURN_MS, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new RetriableStageException(
                Stage.STORE, "Another promotion is on its way; " + release + " was not promoted", null);
    }
}
