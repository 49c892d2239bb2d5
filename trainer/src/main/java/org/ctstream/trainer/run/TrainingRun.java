package org.ctstream.trainer.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ctstream.model.weights.Weights;
import org.ctstream.model.weights.WeightsReport;
import org.ctstream.trainer.dataset.Dataset;
import org.ctstream.trainer.dataset.DatasetStatistics;
import org.ctstream.trainer.dataset.Split;
import org.ctstream.trainer.feed.Standardisation;
import org.ctstream.trainer.history.EpochRecord;
import org.ctstream.trainer.history.RunHistory;
import org.ctstream.trainer.phase.PhaseListener;
import org.ctstream.trainer.phase.PhaseResult;
import org.ctstream.trainer.phase.PhaseRunner;
import org.ctstream.trainer.phase.PhaseSettings;
import org.ctstream.trainer.phase.PhaseTask;
import org.ctstream.trainer.phase.StepTimes;
import org.ctstream.trainer.plot.LearningCurves;
import org.jspecify.annotations.Nullable;

/**
 * Runs the phases of a recipe one after the other, each from the best weights of the one before, in a folder that has
 * everything: {@code run.json}, {@code history.jsonl}, {@code plots/}, and {@code phases/<name>/} with the checkpoints. The
 * same run started again goes on where it stopped.
 *
 * <h2>Thread safety</h2>
 * None, and one run at a time in a process.
 */
public final class TrainingRun {
    /** The epochs of all phases, in the run's folder. */
    public static final String HISTORY = "history.jsonl";

    private static final String RECORD = "run.json";

    private final Path folder;
    private final List<PhaseSettings> phases;
    private final Dataset dataset;
    private final Standardisation standardisation;
    private final InitialState initial;
    private final RunSettings settings;
    private final PhaseListener listener;

    /**
     * @param initial weights to begin from
     * @param listener is told what happens
     */
    public TrainingRun(
            Path folder,
            List<PhaseSettings> phases,
            Dataset dataset,
            InitialState initial,
            RunSettings settings,
            PhaseListener listener) {
        this.folder = folder;
        this.phases = List.copyOf(phases);
        this.dataset = dataset;
        this.initial = initial;
        this.settings = settings;
        this.listener = listener;
        this.standardisation = settings.imagenetStandardisation() ? Standardisation.IMAGENET : ofDataset(dataset);
    }

    /** Standardisation of the network's input in this run. */
    public Standardisation standardisation() {
        return standardisation;
    }

    /** What the run is made from. */
    public RunRecord runRecord() {
        Map<String, Integer> images = new TreeMap<>();
        for (Split split : Split.values()) {
            images.put(split.word(), dataset.images(split).size());
        }
        Map<String, String> descriptions = new LinkedHashMap<>();
        phases.forEach(phase -> descriptions.put(phase.name(), phase.describe()));
        return new RunRecord(
                settings.codeVersion(),
                settings.seed(),
                dataset.fingerprint(),
                images,
                dataset.labelOffsets(),
                standardisation,
                initial.source(),
                descriptions);
    }

    /**
     * Runs all phases, or what is left of them.
     *
     * @throws RunException if the folder holds a run of something else, or cannot be written
     * @throws org.ctstream.trainer.checkpoint.CheckpointException if a checkpoint cannot be written or read
     */
    public List<FinishedPhase> run() {
        prepareFolder();
        RunHistory history = RunHistory.in(folder.resolve(HISTORY));
        List<FinishedPhase> finished = new ArrayList<>();
        @Nullable Weights weights = initial.weights();
        for (PhaseSettings phase : phases) {
            PhaseResult result = runner(phase, weights, history).run();
            finished.add(new FinishedPhase(phase, result.progress(), result.best()));
            weights = result.best();
        }
        return finished;
    }

    /**
     * What the phases have led to so far, without training: those that have a best epoch, finished or not.
     *
     * @throws RunException if the folder holds a run of something else, or none that has got so far
     */
    public List<FinishedPhase> results() {
        prepareFolder();
        RunHistory history = RunHistory.in(folder.resolve(HISTORY));
        List<FinishedPhase> results = new ArrayList<>();
        for (PhaseSettings phase : phases) {
            runner(phase, null, history)
                    .bestSoFar()
                    .ifPresent(result -> results.add(new FinishedPhase(phase, result.progress(), result.best())));
        }
        if (results.isEmpty()) {
            throw new RunException("no phase of the run in " + folder + " has finished an epoch; run it first");
        }
        return results;
    }

    private PhaseRunner runner(PhaseSettings phase, @Nullable Weights weights, RunHistory history) {
        PhaseTask task = new PhaseTask(
                phase,
                dataset,
                standardisation,
                weights,
                folder.resolve("phases").resolve(phase.name()),
                history,
                settings.seed(),
                settings.device(),
                settings.loaderThreads());
        return new PhaseRunner(task, new Drawing(history));
    }

    /**
     * What the run in the folder was begun from.
     *
     * @throws RunException if there is none
     */
    public RunRecord begun() {
        try {
            return RunRecord.read(folder.resolve(RECORD));
        } catch (IOException e) {
            throw new RunException("cannot read the record of the run in " + folder + ": " + e.getMessage(), e);
        }
    }

    private void prepareFolder() {
        Path file = folder.resolve(RECORD);
        try {
            Files.createDirectories(folder);
            RunRecord now = runRecord();
            if (Files.exists(file)) {
                List<String> differences = now.differencesFrom(RunRecord.read(file));
                if (!differences.isEmpty()) {
                    throw new RunException(
                            "the run in " + folder + " was made from something else and cannot go on; give"
                                    + " another folder, or delete this one.\n  " + String.join("\n  ", differences));
                }
            } else {
                RunImages.write(folder, dataset);
                now.write(file);
            }
        } catch (IOException e) {
            throw new RunException("cannot use the run's folder " + folder + ": " + e.getMessage(), e);
        }
    }

    private static Standardisation ofDataset(Dataset dataset) {
        DatasetStatistics statistics = dataset.statistics(Split.TRAIN);
        if (statistics.count() == 0) {
            throw new RunException("there are no training images; publish labelled images with split train first");
        }
        return Standardisation.grey(statistics.mean(), statistics.standardDeviation());
    }

    /** Draws the curves after each epoch and passes everything on. */
    private final class Drawing implements PhaseListener {
        private final RunHistory history;

        Drawing(RunHistory history) {
            this.history = history;
        }

        @Override
        public void started(PhaseSettings phase, int epochsDone) {
            listener.started(phase, epochsDone);
        }

        @Override
        public void initialWeights(PhaseSettings phase, WeightsReport report) {
            listener.initialWeights(phase, report);
        }

        @Override
        public void frozenFeatures(int done, int total) {
            listener.frozenFeatures(done, total);
        }

        @Override
        public void step(PhaseSettings phase, int epoch, int updatesDone, int updates) {
            listener.step(phase, epoch, updatesDone, updates);
        }

        @Override
        public void epoch(PhaseSettings phase, EpochRecord epoch, StepTimes times, boolean best) {
            LearningCurves.write(folder.resolve("plots"), history.epochs());
            listener.epoch(phase, epoch, times, best);
        }
    }
}
