package org.ctstream.trainer.phase;

import java.util.Optional;
import java.util.Set;
import org.ctstream.model.weights.Weights;
import org.ctstream.model.weights.WeightsException;
import org.ctstream.model.weights.WeightsReport;
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
        FrozenFeatures.deleteIn(task.folder());
        return new PhaseResult(
                progress,
                best.load()
                        .orElseThrow(() -> new CheckpointException("phase " + settings.name()
                                + " has no best checkpoint in " + task.folder() + "; delete the folder to begin again"))
                        .weights());
    }

    /**
     * The best weights so far and how far the phase is, without training; empty before its first epoch.
     *
     * @throws CheckpointException as {@link #run} does
     */
    public Optional<PhaseResult> bestSoFar() {
        Optional<Progress> progress = last.progress();
        progress.ifPresent(this::requireSameSettings);
        return progress.flatMap(
                reached -> best.load().map(checkpoint -> new PhaseResult(reached, checkpoint.weights())));
    }

    private Progress train(Progress begin, @Nullable Checkpoint from) {
        try (TrainingNetwork network = network(from);
                Optimizer optimizer = new Optimizer(network.manager(), network.trainable(), settings.rule());
                WeightAverage average =
                        new WeightAverage(network.manager(), network.moving(), settings.averageDecay());
                Epoch epoch = Epoch.of(task, network, optimizer, averageIfWanted(average), listener)) {
            if (from != null) {
                restore(from, optimizer, average);
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
        if (!network.isFinite()) {
            // Infinite weights may still give outputs that are numbers, such as an embedding of zeros.
            throw new DivergedException();
        }
        Figures validation = outcome.validation();
        Progress after = before.afterEpoch(optimizer.updates(), validation.auc(), validation.loss());
        boolean better = after.bestEpoch() == after.epoch();
        if (better) {
            best.save(new Checkpoint(after, averaged(network, average), null, null));
        }
        EpochRecord record = new EpochRecord(
                settings.name(),
                after.epoch(),
                (System.nanoTime() - start) / 1e9,
                settings.rate().at(after.epoch()),
                outcome.training().loss(),
                outcome.training().auc(),
                validation.loss(),
                validation.auc());
        // Before the checkpoint: an epoch that is done again replaces its record, but none is written of one that is
        // not.
        task.history().add(record);
        last.save(new Checkpoint(
                after, network.weights(), optimizer.state(), averages() ? averaged(network, average) : null));
        listener.epoch(settings, record, outcome.times(), better);
        return after;
    }

    private void restore(Checkpoint from, Optimizer optimizer, WeightAverage average) {
        Weights remembered = from.optimizer();
        Weights averages = from.average();
        if (remembered == null || (averages() && averages == null)) {
            throw new CheckpointException(
                    "the last checkpoint in " + task.folder() + " lacks its optimizer or average,"
                            + " without which training would not go on as it began; delete the folder to begin the phase again");
        }
        try {
            optimizer.restore(remembered);
            if (averages != null) {
                average.restore(averages, from.progress().updates());
            }
        } catch (WeightsException | IllegalArgumentException e) {
            throw unfit(e);
        }
    }

    private CheckpointException unfit(RuntimeException why) {
        return new CheckpointException(
                "the last checkpoint in " + task.folder() + " does not fit phase " + settings.name() + ": "
                        + why.getMessage() + "; delete the folder to begin the phase again",
                why);
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
        try {
            begin(network, from);
            return network;
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    private void begin(TrainingNetwork network, @Nullable Checkpoint from) {
        Weights initial = task.initial();
        if (from != null) {
            restore(network, from.weights());
        } else if (initial != null) {
            loadInitial(network, initial);
        }
        network.trainOnly(
                settings.trainable().isEmpty() ? Set.copyOf(network.network().stages()) : settings.trainable());
    }

    private void restore(TrainingNetwork network, Weights weights) {
        try {
            network.restore(weights);
        } catch (WeightsException e) {
            throw unfit(e);
        }
    }

    private void loadInitial(TrainingNetwork network, Weights initial) {
        WeightsReport report = network.load(initial);
        if (report.matched().isEmpty()) {
            throw new IllegalArgumentException(
                    "phase " + settings.name() + " cannot begin from the initial weights: none"
                            + " of their " + initial.tensors().size() + " tensors has a name and shape of "
                            + settings.architecture() + "; give weights of this architecture, or none for random ones");
        }
        listener.initialWeights(settings, report);
    }

    private void requireSameSettings(Progress progress) {
        if (!progress.settings().equals(settings.describe())) {
            throw new CheckpointException("phase " + settings.name() + " in " + task.folder()
                    + " was begun with other settings and can only be resumed with the same; begin a new run, or set them"
                    + " back.\n  begun with: " + progress.settings() + "\n  now:        " + settings.describe());
        }
    }
}
