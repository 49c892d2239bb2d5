package org.ctstream.trainer.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;
import org.ctstream.model.weights.Weights;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.trainer.checkpoint.Progress;
import org.ctstream.trainer.phase.PhaseListener;
import org.ctstream.trainer.phase.PhaseSettings;
import org.ctstream.trainer.run.FinishedPhase;
import org.ctstream.trainer.run.Recipe;
import org.ctstream.trainer.run.TrainKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches whose trials are told what to come to. */
class SearchTest {
    private static final SearchSpace SPACE =
            new SearchSpace(0.001, 0.1, List.of(8), List.of("weak", "strong"), List.of(List.of()));
    private static final PhaseSettings PHASE = new Recipe(ServiceConfig.of(
                    "train",
                    TrainKeys.addTo(new ConfigDef()),
                    Map.of(TrainKeys.PHASES, TrainKeys.PRETRAIN, TrainKeys.ARCHITECTURE, "small-cnn")))
            .phases()
            .get(0);

    @TempDir
    private Path folder;

    private final List<Integer> ran = new ArrayList<>();
    private final List<String> told = new ArrayList<>();

    @Test
    void resultsAreSortedWithTheBestFirstAndFailedOnesLast() {
        List<TrialResult> results = search((trial, trialFolder, listener) -> {
                    if (trial.number() == 1) {
                        throw new EngineException("out of memory");
                    }
                    return finished(trial.number() == 3 ? 0.9 : 0.7);
                })
                .run(4, "settings", "data");

        assertThat(results).extracting(result -> result.settings().number()).containsExactly(3, 2, 4, 1);
        assertThat(results.get(3).failure()).isEqualTo("out of memory");
        assertThat(results.get(0).validationAuc()).isEqualTo(0.9);
    }

    @Test
    void searchThatWasStoppedGoesOnWithTheTrialThatWasRunning() {
        Search stopped = search((trial, trialFolder, listener) -> {
            if (trial.number() == 3) {
                throw new IllegalStateException("killed");
            }
            return finished(0.5);
        });
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> stopped.run(4, "settings", "data"));
        ran.clear();

        List<TrialResult> results =
                search((trial, trialFolder, listener) -> finished(0.6)).run(4, "settings", "data");

        assertThat(ran).containsExactly(3, 4);
        assertThat(results).hasSize(4).extracting(TrialResult::validationAuc).containsExactly(0.6, 0.6, 0.5, 0.5);
        assertThat(told).contains("1 earlier", "2 earlier", "3", "4");
    }

    @Test
    void failedTrialIsNotTriedAgainAndMoreTrialsCanBeAdded() {
        search((trial, trialFolder, listener) -> {
                    throw new EngineException("out of memory");
                })
                .run(2, "settings", "data");
        ran.clear();

        List<TrialResult> results =
                search((trial, trialFolder, listener) -> finished(0.8)).run(3, "settings", "data");

        assertThat(ran).containsExactly(3);
        assertThat(results).extracting(TrialResult::hasFailed).containsExactly(false, true, true);
    }

    @Test
    void folderOfAnotherSearchIsRefused() {
        search((trial, trialFolder, listener) -> finished(0.8)).run(1, "settings", "data");

        assertThatExceptionOfType(SearchException.class)
                .isThrownBy(() ->
                        search((trial, trialFolder, listener) -> finished(0.8)).run(1, "settings", "other data"))
                .withMessageContaining("another search")
                .withMessageContaining("other data");
    }

    @Test
    void tablesAreWrittenAndTheBestSettingsAreProperties() throws IOException {
        List<TrialResult> results = search((trial, trialFolder, listener) -> {
                    if (trial.number() == 2) {
                        throw new EngineException("no memory, \"really\"");
                    }
                    return finished(0.75);
                })
                .run(2, "settings", "data");

        TrialSettings best = SPACE.draw(5, 1);
        assertThat(Files.readAllLines(folder.resolve("results.csv"))).hasSize(3).satisfies(lines -> {
            assertThat(lines.get(0)).startsWith("trial,validation_auc,");
            assertThat(lines.get(1))
                    .isEqualTo("1,0.7500,2,4,0.0," + best.learningRate() + ",8," + best.augmentation() + ",all,");
            assertThat(lines.get(2)).startsWith("2,-,-,").endsWith("\"no memory, \"\"really\"\"\"");
        });
        assertThat(folder.resolve("results.json")).content().contains("\"validationAuc\" : 0.75");
        assertThat(new SearchTable(results).bestAsProperties("finetune"))
                .contains("finetune.learning.rate=" + best.learningRate())
                .contains("# trial 1: validation AUC 0.7500 in epoch 2 of 4");
        assertThat(new SearchTable(List.of()).bestAsProperties("finetune")).startsWith("#");
    }

    private Search search(TrialRunner runner) {
        return new Search(
                folder,
                SPACE,
                5,
                (trial, trialFolder, listener) -> {
                    ran.add(trial.number());
                    return runner.run(trial, trialFolder, listener);
                },
                new SearchListener() {
                    @Override
                    public PhaseListener begun(TrialSettings trial, int trials) {
                        return new PhaseListener() {};
                    }

                    @Override
                    public void over(TrialResult result, int trials, boolean earlier) {
                        told.add(result.settings().number() + (earlier ? " earlier" : ""));
                    }
                });
    }

    private static FinishedPhase finished(double auc) {
        var progress = new Progress("pretrain", PHASE.describe(), 4, 40, 2, auc, 0.5, true);
        return new FinishedPhase(PHASE, progress, new Weights(Map.of(), new TreeMap<>()));
    }
}
