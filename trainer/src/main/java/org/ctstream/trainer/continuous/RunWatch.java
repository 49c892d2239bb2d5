package org.ctstream.trainer.continuous;

import org.ctstream.service.health.Health;
import org.ctstream.trainer.history.EpochRecord;
import org.ctstream.trainer.phase.PhaseListener;
import org.ctstream.trainer.phase.PhaseSettings;
import org.ctstream.trainer.phase.StepTimes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells meters, health and log how a run goes, and ends it when the trainer is asked to stop. */
final class RunWatch implements PhaseListener {
    private static final Logger log = LoggerFactory.getLogger(RunWatch.class);
    static final String PART = "training";

    private final String version;
    private final Stop stop;
    private final Health health;
    private final TrainerMeters meters;

    RunWatch(String version, Stop stop, Health health, TrainerMeters meters) {
        this.version = version;
        this.stop = stop;
        this.health = health;
        this.meters = meters;
    }

    @Override
    public void started(PhaseSettings settings, int epochsDone) {
        stop.check();
        meters.step(epochsDone, 0);
        note(settings, epochsDone);
        log.atInfo()
                .addKeyValue("run", version)
                .addKeyValue("phase", settings.name())
                .addKeyValue("epochsDone", epochsDone)
                .addKeyValue("epochs", settings.epochs())
                .log("Phase begins");
    }

    @Override
    public void frozenFeatures(int done, int total) {
        stop.check();
    }

    @Override
    public void step(PhaseSettings settings, int epoch, int updatesDone, int updates) {
        stop.check();
        meters.step(epoch - 1, (double) updatesDone / updates);
    }

    @Override
    public void epoch(PhaseSettings settings, EpochRecord epoch, StepTimes times, boolean best) {
        meters.epoch(epoch.epoch(), epoch.validationAuc());
        note(settings, epoch.epoch());
        log.atInfo()
                .addKeyValue("run", version)
                .addKeyValue("phase", epoch.phase())
                .addKeyValue("epoch", epoch.epoch())
                .addKeyValue("trainLoss", epoch.trainLoss())
                .addKeyValue("validationLoss", epoch.validationLoss())
                .addKeyValue("validationAuc", epoch.validationAuc())
                .addKeyValue("best", best)
                .addKeyValue("seconds", epoch.seconds())
                .log("Epoch done");
        stop.check();
    }

    private void note(PhaseSettings settings, int epochsDone) {
        health.note(
                PART,
                "run " + version + ", phase " + settings.name() + ", " + epochsDone + " of " + settings.epochs()
                        + " epochs done");
    }
}
