package org.ctstream.trainer.phase;

import java.util.Optional;
import java.util.Set;
import org.ctstream.model.weights.Weights;
import org.ctstream.trainer.checkpoint.Checkpoint;
import org.ctstream.trainer.checkpoint.CheckpointException;
import org.ctstream.trainer.checkpoint.CheckpointFolder;
import org.ctstream.trainer.checkpoint.Progress;
import org.ctstream.trainer.history.EpochRecord;
import org.ctstream.trainer.network.TrainingNetwork;
import org.ctstream.trainer.optimize.Optimizer;
import org.ctstream.trainer.optimize.WeightAverage;
import org.jspecify.annotations.Nullable;

/**
 * Runs a phase from its last checkpoint, or from the beginning, to its end: after every epoch it validates, records the
 * epoch, and writes the last checkpoint, and the best one if the epoch was.
 *
 * <p>An epoch depends on nothing but the settings, the seed, its number and the state before it, so a run that was killed
 * goes on as if it had not been.
 *
 * <h2>Thread safety</h2>
 * None, and one phase at a time in a process.
 */
public final class PhaseRunner {
    private static final int CLASSES = 2;

    private final PhaseTask task;
    private final PhaseSettings settings;
    private final PhaseListener listener;
    private final CheckpointFolder last;
    private final CheckpointFolder best;

    public PhaseRunner(PhaseTask task, PhaseListener listener) {
        this.task = task;
        this.settings = task.settings();
        this.listener = listener;
        this.last = new CheckpointFolder(task.folder(), "last");
        this.best = new CheckpointFolder(task.folder(), "best");
    }

    /**
     * Runs the phase.
     *
     * @throws CheckpointException if a checkpoint cannot be written or belongs to other settings
     */
    public PhaseResult run() {
        Optional<Checkpoint> from = last.load();
        Progress progress = from.map(Checkpoint::progress).orElse(Progress.begin(settings.name(), settings.describe()));
        requireSameSettings(progress);
        if (!progress.finished()) {
            progress = train(progress, from.orElse(null));
        }
        return new PhaseResult(
                progress,
                best.load()
                        .orElseThrow(() -> new CheckpointException("phase " + settings.name()
                                + " has no best checkpoint in " + task.folder() + "; delete the folder to begin again"))
                        .weights());
    }

    private Progress train(Progress begin, @Nullable Checkpoint from) {
        try (TrainingNetwork network = network(from);
                Optimizer optimizer = new Optimizer(network.manager(), network.trainable(), settings.rule());
                WeightAverage average =
                        new WeightAverage(network.manager(), network.parameters(), settings.averageDecay());
                Epoch epoch = Epoch.of(task, network, optimizer, averageIfWanted(average), listener)) {
            if (from != null && from.optimizer() != null) {
                optimizer.restore(from.optimizer());
            }
            if (from != null && from.average() != null) {
                average.restore(from.average(), begin.updates());
            }
            listener.started(settings, begin.epoch());
            Progress progress = begin;
            while (!isOver(progress)) {
                progress = next(progress, network, optimizer, average, epoch);
            }
            progress = progress.finish();
            last.save(new Checkpoint(progress, network.weights(), null, null));
            return progress;
        }
    }

    private Progress next(
            Progress before, TrainingNetwork network, Optimizer optimizer, WeightAverage average, Epoch epoch) {
        long start = System.nanoTime();
        EpochOutcome outcome = epoch.run(before.epoch() + 1);
        Figures validation = outcome.validation();
        Progress after = before.afterEpoch(optimizer.updates(), validation.auc(), validation.loss());
        boolean better = after.bestEpoch() == after.epoch();
        if (better) {
            best.save(new Checkpoint(after, averaged(network, average), null, null));
        }
        last.save(new Checkpoint(
                after, network.weights(), optimizer.state(), averages() ? averaged(network, average) : null));
        EpochRecord record = new EpochRecord(
                settings.name(),
                after.epoch(),
                (System.nanoTime() - start) / 1e9,
                settings.rate().at(after.epoch()),
                outcome.training().loss(),
                outcome.training().auc(),
                validation.loss(),
                validation.auc());
        task.history().add(record);
        listener.epoch(settings, record, outcome.times(), better);
        return after;
    }

    private Weights averaged(TrainingNetwork network, WeightAverage average) {
        if (!averages()) {
            return network.weights();
        }
        average.swap();
        try {
            return network.weights();
        } finally {
            average.swap();
        }
    }

    private @Nullable WeightAverage averageIfWanted(WeightAverage average) {
        return averages() ? average : null;
    }

    private boolean averages() {
        return settings.averageDecay() > 0;
    }

    private boolean isOver(Progress progress) {
        boolean patienceLost =
                settings.patience() > 0 && progress.epoch() - progress.bestEpoch() >= settings.patience();
        return progress.epoch() >= settings.epochs() || patienceLost;
    }

    private TrainingNetwork network(@Nullable Checkpoint from) {
        TrainingNetwork network = TrainingNetwork.create(
                settings.architecture(), CLASSES, (float) settings.dropout(), task.seed(), task.device());
        Weights weights = from == null ? task.initial() : from.weights();
        if (weights != null) {
            network.load(weights);
        }
        network.trainOnly(
                settings.trainable().isEmpty() ? Set.copyOf(network.network().stages()) : settings.trainable());
        return network;
    }

    private void requireSameSettings(Progress progress) {
        if (!progress.settings().equals(settings.describe())) {
            throw new CheckpointException("phase " + settings.name() + " in " + task.folder()
                    + " was begun with other settings and can only be resumed with the same; begin a new run, or set them"
                    + " back.\n  begun with: " + progress.settings() + "\n  now:        " + settings.describe());
        }
    }
}
