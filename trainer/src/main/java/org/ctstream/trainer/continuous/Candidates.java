package org.ctstream.trainer.continuous;

import java.util.Optional;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.engine.Engines;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.ReleaseException;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.releases.AnnouncedRelease;
import org.ctstream.releases.ReleaseAnnouncer;
import org.ctstream.releases.ReleaseCatalogue;
import org.ctstream.releases.ReleaseTopic;
import org.ctstream.schemas.avro.ModelStage;
import org.ctstream.trainer.dataset.Dataset;
import org.ctstream.trainer.dataset.Split;
import org.ctstream.trainer.evaluate.Auc;
import org.ctstream.trainer.release.ReleaseMaker;
import org.ctstream.trainer.release.ReleaseRequest;
import org.ctstream.trainer.release.ValidationScoring;
import org.ctstream.trainer.run.FinishedPhase;
import org.ctstream.trainer.run.RunRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes releases of finished runs, announces them and, where it may and they are better, promotes them. Each step is done
 * once, however often the process dies in between.
 */
final class Candidates {
    private static final Logger log = LoggerFactory.getLogger(Candidates.class);
    private static final String ENGINE = "pytorch";
    private static final int BATCH = 8;

    private final ModelStore store;
    private final CurrentRelease current;
    private final EngineOptions options;
    private final String name;
    private final ReleaseTopic topic;
    private final ReleaseAnnouncer announcer;
    private final PromotionRule rule;
    private final TrainerMeters meters;

    /** @param name of the line of releases */
    Candidates(
            ModelStore store,
            EngineOptions options,
            String name,
            ReleaseTopic topic,
            ReleaseAnnouncer announcer,
            PromotionRule rule,
            TrainerMeters meters) {
        this.store = store;
        this.current = new CurrentRelease(store);
        this.options = options.withMaxBatch(BATCH);
        this.name = name;
        this.topic = topic;
        this.announcer = announcer;
        this.rule = rule;
        this.meters = meters;
    }

    /** The release of a finished run. */
    StoredRelease make(RunPlan plan, FinishedPhase phase, RunRecord record, Dataset dataset) {
        var id = new ReleaseId(name, plan.version());
        if (store.contains(id)) {
            return store.load(id); // made by this very run, before the process died
        }
        String description = "Trained by the trainer service on "
                + plan.labels().images(Split.TRAIN).size()
                + " labelled chest CT slices, starting from "
                + (plan.parent() == null ? "no release" : plan.parent()) + ".";
        return new ReleaseMaker(store, options)
                .make(new ReleaseRequest(name, plan.version(), description, plan.parent()), phase, record, dataset);
    }

    /** Announces a release unless it is announced, and promotes it if the rule says so. */
    void announce(StoredRelease candidate, Dataset dataset) {
        ReleaseCatalogue catalogue = topic.read();
        ReleaseId id = candidate.release().id();
        boolean known = catalogue.find(id).isPresent();
        if (!known) {
            announcer.announce(candidate.release(), ModelStage.CANDIDATE, store.root());
            log.atInfo()
                    .addKeyValue("release", id)
                    .addKeyValue("metrics", candidate.release().metrics())
                    .log("Candidate announced");
        }
        // Announced before, and somebody has given it another stage since: theirs holds.
        ModelStage stage = catalogue.find(id).map(AnnouncedRelease::stage).orElse(ModelStage.CANDIDATE);
        if (stage == ModelStage.CANDIDATE) {
            compare(candidate, catalogue, dataset);
        }
    }

    private void compare(StoredRelease candidate, ReleaseCatalogue catalogue, Dataset dataset) {
        double candidateAuc = auc(candidate, dataset);
        ReleaseId rival;
        double currentAuc;
        try {
            StoredRelease release = current.of(catalogue);
            rival = release.release().id();
            currentAuc = auc(release, dataset);
        } catch (ReleaseException | ClassifierException | IllegalStateException e) {
            // The other one's faults are no reason to lose the candidate, which people can promote.
            log.atWarn()
                    .addKeyValue("release", candidate.release().id())
                    .addKeyValue("candidateAuc", candidateAuc)
                    .addKeyValue("reason", e.getMessage())
                    .log("Candidate not promoted: the current release cannot be measured");
            return;
        }
        meters.compared(candidateAuc, currentAuc);
        PromotionRule.Verdict verdict = rule.judge(candidateAuc, currentAuc);
        boolean promoted = verdict.promote() && promote(candidate, catalogue);
        log.atInfo()
                .addKeyValue("release", candidate.release().id())
                .addKeyValue("current", rival)
                .addKeyValue("candidateAuc", candidateAuc)
                .addKeyValue("currentAuc", currentAuc)
                .addKeyValue("why", verdict.why())
                .log(promoted ? "Candidate promoted to production" : "Candidate not promoted");
    }

    /** Promotes, unless people have been quicker: the comparison took minutes, and what they decided since holds. */
    private boolean promote(StoredRelease candidate, ReleaseCatalogue compared) {
        ReleaseId id = candidate.release().id();
        ReleaseCatalogue now = topic.read();
        Optional<String> overtaken = PromotionRule.overtaken(
                compared.production().orElse(null),
                now.production().orElse(null),
                now.find(id).orElse(null));
        if (overtaken.isPresent()) {
            log.atWarn()
                    .addKeyValue("release", id)
                    .addKeyValue("reason", overtaken.get())
                    .log("Candidate is better but left to people");
            return false;
        }
        announcer.announce(candidate.release(), ModelStage.PRODUCTION, store.root());
        return true;
    }

    /** Area under the ROC curve on the validation images, as a worker would classify them. */
    private double auc(StoredRelease release, Dataset dataset) {
        try (Classifier classifier = Engines.standard().named(ENGINE).open(release, options)) {
            return Auc.of(ValidationScoring.of(classifier, dataset, dataset.images(Split.VALIDATION)));
        }
    }
}
