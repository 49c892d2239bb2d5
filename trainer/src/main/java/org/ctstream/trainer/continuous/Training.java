package org.ctstream.trainer.continuous;

import java.util.List;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.service.error.StageException;
import org.ctstream.service.health.Health;
import org.ctstream.trainer.dataset.Dataset;
import org.ctstream.trainer.run.FinishedPhase;
import org.ctstream.trainer.run.RunFactory;
import org.ctstream.trainer.run.TrainingRun;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run from its beginning, or from where it was, to its announced release. A run that fails is told of and does not end
 * the service: the release in production is as good as before. For one thread.
 */
final class Training {
    private static final Logger log = LoggerFactory.getLogger(Training.class);

    private final RunFactory runs;
    private final RunFolders folders;
    private final Candidates candidates;
    private final Memory memory;
    private final TrainerMeters meters;
    private final Health health;
    private final Stop stop;

    Training(
            RunFactory runs,
            RunFolders folders,
            Candidates candidates,
            Memory memory,
            TrainerMeters meters,
            Health health,
            Stop stop) {
        this.runs = runs;
        this.folders = folders;
        this.candidates = candidates;
        this.memory = memory;
        this.meters = meters;
        this.health = health;
        this.stop = stop;
    }

    /**
     * Runs.
     *
     * @param dataset the images of the plan, no others
     * @throws StageException if Kafka or the registry is away or refuses us; the run is kept, and its end is done again
     * @throws RuntimeException of any kind if the trainer is asked to stop; the run is kept
     */
    void run(RunPlan plan, Dataset dataset, StartingPoint from) {
        meters.running(true);
        try {
            release(plan, dataset, from);
            memory.remember(memory.state().released(plan));
            meters.released();
        } catch (StageException e) {
            throw e;
        } catch (RuntimeException e) {
            if (stop.isGiven()) {
                throw e;
            }
            FailedRun failure = FailedRun.of(plan, e, folders.freeBytes());
            meters.failed();
            log.atError()
                    .addKeyValue("run", plan.version())
                    .addKeyValue("canGoOn", failure.storage())
                    .setCause(e)
                    .log("Training failed; the service goes on");
            memory.remember(memory.state().failedWith(failure));
        } finally {
            meters.running(false);
            health.forgetNote(RunWatch.PART);
        }
    }

    private void release(RunPlan plan, Dataset dataset, StartingPoint from) {
        var watch = new RunWatch(plan.version(), stop, health, meters);
        TrainingRun run = runs.run(folders.of(plan.version()), dataset, from.initial(), watch);
        List<FinishedPhase> finished = run.run();
        stop.check();
        StoredRelease candidate = candidates.make(plan, runs.toRelease(finished), run.runRecord(), dataset);
        stop.check();
        candidates.announce(candidate, dataset);
    }
}
