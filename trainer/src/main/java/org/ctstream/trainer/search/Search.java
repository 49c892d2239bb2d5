package org.ctstream.trainer.search;

import ai.djl.engine.EngineException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ctstream.trainer.history.EpochRecord;
import org.ctstream.trainer.history.RunHistory;
import org.ctstream.trainer.phase.DivergedException;
import org.ctstream.trainer.run.FinishedPhase;

/**
 * Runs trials one after the other and keeps what came out of each. A trial whose settings make it fail is a result too; any
 * other failure ends the search, which goes on there when it is started again.
 *
 * <h2>Thread safety</h2>
 * None, and one search at a time in a process.
 */
public final class Search {
    private final SearchFolder folder;
    private final SearchSpace space;
    private final long seed;
    private final TrialRunner runner;
    private final SearchListener listener;

    /** @param folder made if absent */
    public Search(Path folder, SearchSpace space, long seed, TrialRunner runner, SearchListener listener) {
        this.folder = new SearchFolder(folder);
        this.space = space;
        this.seed = seed;
        this.runner = runner;
        this.listener = listener;
    }

    /**
     * Runs the trials that are not over, and writes the table after each.
     *
     * @param trials how many there are in all, 1 or more
     * @param settings text of everything that all trials share
     * @param dataset fingerprint of the images and labels
     * @return all results, the best first
     * @throws SearchException if the folder has another search, or cannot be written
     */
    public List<TrialResult> run(int trials, String settings, String dataset) {
        if (trials < 1) {
            throw new IllegalArgumentException("a search has 1 trial or more, found " + trials);
        }
        folder.claim(new SearchRecord(seed, space, settings, dataset));
        List<TrialResult> results = new ArrayList<>();
        for (int number = 1; number <= trials; number++) {
            TrialSettings trial = space.draw(seed, number);
            Optional<TrialResult> earlier = folder.result(number);
            TrialResult result = earlier.orElseGet(() -> run(trial, trials));
            listener.over(result, trials, earlier.isPresent());
            results.add(result);
            results.sort(TrialResult.BEST_FIRST);
            new SearchTable(results).write(folder);
        }
        return List.copyOf(results);
    }

    private TrialResult run(TrialSettings trial, int trials) {
        Path trialFolder = folder.trial(trial.number());
        TrialResult result;
        try {
            FinishedPhase phase = runner.run(trial, trialFolder, listener.begun(trial, trials));
            result = new TrialResult(
                    trial,
                    phase.progress().bestAuc(),
                    phase.progress().bestEpoch(),
                    phase.progress().epoch(),
                    seconds(trialFolder),
                    null);
        } catch (DivergedException | EngineException e) {
            // Settings that run away, or that take more memory than there is; neither says anything of the others.
            List<EpochRecord> epochs = epochs(trialFolder);
            result = new TrialResult(
                    trial, Double.NaN, 0, epochs.size(), seconds(trialFolder), String.valueOf(e.getMessage()));
        }
        folder.save(result);
        return result;
    }

    private static double seconds(Path trialFolder) {
        return epochs(trialFolder).stream().mapToDouble(EpochRecord::seconds).sum();
    }

    private static List<EpochRecord> epochs(Path trialFolder) {
        return RunHistory.in(trialFolder.resolve("history.jsonl")).epochs();
    }
}
