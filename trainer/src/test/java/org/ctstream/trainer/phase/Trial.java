package org.ctstream.trainer.phase;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ctstream.model.weights.Weights;
import org.ctstream.trainer.checkpoint.CheckpointFolder;
import org.ctstream.trainer.dataset.Dataset;
import org.ctstream.trainer.feed.Standardisation;
import org.ctstream.trainer.history.EpochRecord;
import org.ctstream.trainer.history.RunHistory;
import org.ctstream.trainer.network.OneThread;
import org.jspecify.annotations.Nullable;

/** A phase in a folder of its own, run once or in several goes. */
record Trial(
        PhaseSettings settings,
        Dataset dataset,
        Path folder,
        long seed,
        @Nullable Weights initial) {
    /** As the plug being pulled. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static Trial of(SmallPhase phase, Dataset dataset, Path folder) {
        return new Trial(phase.build(), dataset, folder, 1, null);
    }

    Trial with(SmallPhase other) {
        return new Trial(other.build(), dataset, folder, seed, initial);
    }

    Trial seed(long other) {
        return new Trial(settings, dataset, folder, other, initial);
    }

    Trial from(Weights weights) {
        return new Trial(settings, dataset, folder, seed, weights);
    }

    PhaseResult run() {
        return run(new PhaseListener() {});
    }

    PhaseResult run(PhaseListener listener) {
        OneThread.load();
        PhaseTask task = new PhaseTask(
                settings,
                dataset,
                Standardisation.grey(0.4, 0.25),
                initial,
                folder,
                RunHistory.in(folder.resolveSibling(folder.getFileName() + ".jsonl")),
                seed,
                Device.cpu(),
                1);
        return new PhaseRunner(task, listener).run();
    }

    /** The weights of the last epoch, not of the best. */
    Weights last() {
        return new CheckpointFolder(folder, "last").load().orElseThrow().weights();
    }

    /** The epochs without the time they took. */
    List<EpochRecord> history() {
        List<EpochRecord> epochs = new ArrayList<>();
        for (EpochRecord epoch : RunHistory.in(folder.resolveSibling(folder.getFileName() + ".jsonl"))
                .epochs()) {
            epochs.add(new EpochRecord(
                    epoch.phase(),
                    epoch.epoch(),
                    0,
                    epoch.learningRate(),
                    epoch.trainLoss(),
                    epoch.trainAuc(),
                    epoch.validationLoss(),
                    epoch.validationAuc()));
        }
        return epochs;
    }

    /** Pulls the plug in an update. */
    static PhaseListener stoppingAt(int epoch, int update) {
        return new PhaseListener() {
            @Override
            public void step(PhaseSettings settings, int running, int updatesDone, int updates) {
                if (running == epoch && updatesDone == update) {
                    throw new Stopped();
                }
            }
        };
    }

    /** Pulls the plug when an epoch is written. */
    static PhaseListener stoppingAfter(int epoch) {
        return new PhaseListener() {
            @Override
            public void epoch(PhaseSettings settings, EpochRecord record, StepTimes times, boolean best) {
                if (record.epoch() == epoch) {
                    throw new Stopped();
                }
            }
        };
    }
}
