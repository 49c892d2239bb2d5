package org.ctstream.trainer.continuous;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.ctstream.model.release.ReleaseException;
import org.ctstream.model.weights.WeightsException;
import org.ctstream.releases.ReleaseCatalogue;
import org.ctstream.releases.ReleaseTopic;
import org.ctstream.service.error.StageException;
import org.ctstream.service.health.Health;
import org.ctstream.service.health.HealthParts;
import org.ctstream.trainer.dataset.Dataset;
import org.ctstream.trainer.dataset.DatasetException;
import org.ctstream.trainer.dataset.Split;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One look at the labels and, if it is time, a training from beginning to end. What is begun is remembered before it is
 * done, so that a process that dies anywhere goes on where it was.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 */
final class TrainingCycle {
    private static final Logger log = LoggerFactory.getLogger(TrainingCycle.class);
    static final String KAFKA = HealthParts.KAFKA;
    private static final String LABELS = "labels";
    private static final String NEXT = "next-training";

    private final ContinuousSettings settings;
    private final Supplier<Dataset> labels;
    private final ReleaseTopic releases;
    private final StartingPoints startingPoints;
    private final RunFolders folders;
    private final Training training;
    private final Memory memory;
    private final TrainerMeters meters;
    private final Health health;
    private final Clock clock;
    private String told = "";

    /** @param labels the labelled images as they are now */
    TrainingCycle(
            ContinuousSettings settings,
            Supplier<Dataset> labels,
            ReleaseTopic releases,
            StartingPoints startingPoints,
            RunFolders folders,
            Training training,
            Memory memory,
            TrainerMeters meters,
            Health health,
            Clock clock) {
        this.settings = settings;
        this.labels = labels;
        this.releases = releases;
        this.startingPoints = startingPoints;
        this.folders = folders;
        this.training = training;
        this.memory = memory;
        this.meters = meters;
        this.health = health;
        this.clock = clock;
    }

    /**
     * Looks once.
     *
     * @throws StageException if Kafka or the registry is away (retriable) or refuses us (fatal); a run that is begun goes
     *     on at the next look
     */
    void run() {
        Dataset dataset;
        try {
            dataset = labels.get();
        } catch (DatasetException e) {
            health.notReady(LABELS, String.valueOf(e.getMessage()));
            tell(String.valueOf(e.getMessage()), true);
            return;
        }
        health.ready(LABELS);
        LabelSnapshot now = LabelSnapshot.of(dataset);
        ReleaseCatalogue catalogue = releases.read();
        health.ready(KAFKA); // before a training that may take days
        count(now, catalogue);
        RunPlan begun = memory.state().running();
        if (begun == null) {
            beginIfDue(now, catalogue, dataset);
        } else {
            goOn(begun, dataset);
        }
    }

    private void beginIfDue(LabelSnapshot now, ReleaseCatalogue catalogue, Dataset dataset) {
        long since = memory.state().waitingSinceMillis();
        var circumstances = new Circumstances(
                settings.digest(),
                settings.program(),
                catalogue.production().map(release -> release.id().toString()).orElse(null));
        Decision decision = Decision.of(
                settings.due(),
                now,
                newLabels(now, catalogue),
                Duration.ofMillis(since == 0 ? 0 : Math.max(0, clock.millis() - since)),
                memory.state().failed(),
                circumstances);
        if (decision.kind() != Decision.Kind.TRAIN) {
            tell(decision.why(), decision.kind() == Decision.Kind.BLOCKED);
            return;
        }
        StartingPoint from;
        try {
            from = startingPoints.choose(catalogue);
        } catch (ReleaseException | WeightsException e) {
            tell(decision.why() + ", but the weights to start from cannot be had: " + e.getMessage(), true);
            return;
        }
        String version = folders.newVersion(clock.instant(), settings::hasRelease);
        var plan = new RunPlan(version, from.parentName(), circumstances, now);
        memory.remember(memory.state().begun(plan));
        logBeginning(plan, decision.why(), dataset.rejected().size());
        train(plan, dataset, from);
    }

    /** With the class balance and how much was left out: a training is no better than its labels. */
    private static void logBeginning(RunPlan plan, String why, int rejected) {
        LoggingEventBuilder event = log.atInfo()
                .addKeyValue("run", plan.version())
                .addKeyValue("parent", plan.parent() == null ? "none" : plan.parent())
                .addKeyValue("why", why);
        for (Split split : Split.values()) {
            event = event.addKeyValue(split.word() + "Positive", plan.labels().count(split, true))
                    .addKeyValue(split.word() + "Negative", plan.labels().count(split, false));
        }
        event.addKeyValue("rejectedLabels", rejected).log("Training begins");
    }

    private void goOn(RunPlan plan, Dataset dataset) {
        FailedRun failed = memory.state().failed();
        if (failed != null && !failed.hasRoomAgain(folders.freeBytes())) {
            tell(failed.describe() + "; it goes on when there is more room on the disk, or at the next start", true);
            return;
        }
        StartingPoint from;
        Dataset then;
        try {
            settings.requireSame(plan);
            from = startingPoints.again(plan);
            then = dataset.earlier(plan.labels().images(), plan.labels().labelOffsets());
            plan.labels().requireWithout(dataset.images(Split.TEST));
        } catch (ReleaseException | WeightsException | DatasetException | IllegalStateException e) {
            log.atWarn()
                    .addKeyValue("run", plan.version())
                    .addKeyValue("reason", e.getMessage())
                    .log("The run that was begun cannot go on; it is given up");
            memory.remember(memory.state().givenUp());
            return;
        }
        log.atInfo().addKeyValue("run", plan.version()).log("Training goes on");
        train(plan, then, from);
    }

    private void train(RunPlan plan, Dataset dataset, StartingPoint from) {
        health.forgetNote(NEXT);
        told = "";
        training.run(plan, dataset, from);
        folders.keepNewest(settings.keepRuns());
    }

    private void count(LabelSnapshot now, ReleaseCatalogue catalogue) {
        long count = newLabels(now, catalogue);
        meters.labels(now, count);
        boolean waiting = memory.state().waitingSinceMillis() != 0;
        if (waiting != count > 0) {
            memory.remember(memory.state().waitingSince(count > 0 ? clock.millis() : 0));
        }
    }

    private long newLabels(LabelSnapshot now, ReleaseCatalogue catalogue) {
        List<Map<String, Long>> lineages = catalogue.releases().stream()
                .filter(release -> release.id().name().equals(settings.releaseName()))
                .map(release -> Map.copyOf(release.released().getLineage().getLabelOffsets()))
                .toList();
        return NewLabels.count(now, memory.state().trained(), lineages);
    }

    /** Notes why nothing is trained; what people should see to is logged once. */
    private void tell(String text, boolean forPeople) {
        health.note(NEXT, text);
        if (forPeople && !text.equals(told)) {
            log.atWarn().addKeyValue("reason", text).log("No training for now");
        }
        told = text;
    }
}
