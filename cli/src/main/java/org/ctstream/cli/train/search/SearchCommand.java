package org.ctstream.cli.train.search;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ctstream.cli.CliException;
import org.ctstream.cli.ExitCodes;
import org.ctstream.cli.console.Table;
import org.ctstream.cli.train.Failures;
import org.ctstream.cli.train.TrainInput;
import org.ctstream.cli.version.ProgramVersion;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.trainer.dataset.Dataset;
import org.ctstream.trainer.dataset.Split;
import org.ctstream.trainer.network.TrainingEngine;
import org.ctstream.trainer.phase.PhaseListener;
import org.ctstream.trainer.phase.PhaseSettings;
import org.ctstream.trainer.run.FinishedPhase;
import org.ctstream.trainer.run.InitialState;
import org.ctstream.trainer.run.Recipe;
import org.ctstream.trainer.run.RunFactory;
import org.ctstream.trainer.run.TrainKeys;
import org.ctstream.trainer.search.Search;
import org.ctstream.trainer.search.SearchException;
import org.ctstream.trainer.search.SearchSpace;
import org.ctstream.trainer.search.SearchTable;
import org.ctstream.trainer.search.TrialResult;
import org.ctstream.trainer.search.TrialSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ctstream train search}. */
@Command(
        name = "search",
        description = {
            "Tries learning rates, batch sizes, augmentations and sets of stages that learn, drawn at random, each in a"
                    + " short run of one phase, and lists them by validation AUC.",
            "The same command started again goes on where it stopped; with more --trials it adds some. A trial that"
                    + " diverges is listed as failed and ends nothing.",
            ""
        },
        footer = {
            "",
            "Example: ctstream train search --folder runs/search --trials 12 --phase finetune --epochs 8"
                    + " --train train.csv --validation val.csv --trainable classifier --trainable all"
        })
public final class SearchCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            required = true,
            description = "The search's folder, made if absent.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path folder;

    @Option(names = "--trials", paramLabel = "N", description = "Trials in all.")
    private int trials = 20;

    @Option(names = "--seed", paramLabel = "SEED", description = "Seed of the draws.")
    private long seed = 1;

    @Option(names = "--phase", paramLabel = "PHASE", description = "Phase to search: pretrain, finetune or classify.")
    private String phase = TrainKeys.FINE_TUNE;

    @Option(names = "--epochs", paramLabel = "N", description = "Epochs of a trial.")
    private int epochs = 10;

    @Mixin
    private SpaceOptions spaceOptions = new SpaceOptions();

    @Mixin
    private TrainInput input = new TrainInput();

    @Override
    public Integer call() throws Exception {
        try {
            return Failures.reported(this::search);
        } catch (SearchException e) {
            throw CliException.failure(String.valueOf(e.getMessage()), e);
        }
    }

    private Integer search() {
        if (!TrainKeys.ALL_PHASES.contains(phase) || phase.equals(TrainKeys.CONTRAST)) {
            throw new IllegalArgumentException("--phase must be one that classifies, " + TrainKeys.PRETRAIN + ", "
                    + TrainKeys.FINE_TUNE + " or " + TrainKeys.CLASSIFY + ", found " + phase);
        }
        List<String> own = config(Map.of()).list(phase + TrainKeys.TRAINABLE);
        ServiceConfig shared = config(Map.of(phase + TrainKeys.TRAINABLE, ""));
        PhaseSettings base = new Recipe(shared).phases().get(0);
        SearchSpace space = spaceOptions.space(base.architecture(), List.copyOf(own));
        // What is wrong for every trial is to end the search before the first one, not to fail each.
        var unused = TrainingEngine.load(shared.string(TrainKeys.DEVICE), shared.integer(TrainKeys.THREADS));
        Dataset dataset = input.dataset(shared);
        requireImages(dataset);
        InitialState initial = new RunFactory(shared, ProgramVersion.text()).initial();
        var search = new Search(
                folder,
                space,
                seed,
                (trial, trialFolder, listener) -> run(trial, trialFolder, listener, dataset, initial),
                new ConsoleSearch(System.out));
        report(search.run(trials, shared(shared, base, initial), dataset.fingerprint()));
        return ExitCodes.OK;
    }

    private FinishedPhase run(
            TrialSettings trial, Path trialFolder, PhaseListener listener, Dataset dataset, InitialState initial) {
        return new RunFactory(config(trial.keys(phase)), ProgramVersion.text())
                .run(trialFolder, dataset, initial, listener)
                .run()
                .get(0);
    }

    private ServiceConfig config(Map<String, String> ofTrial) {
        Map<String, String> keys = new LinkedHashMap<>(ofTrial);
        keys.put(TrainKeys.PHASES, phase);
        keys.put(phase + TrainKeys.EPOCHS, Integer.toString(epochs));
        return input.config(Map.of(), keys);
    }

    private static void requireImages(Dataset dataset) {
        for (Split split : List.of(Split.TRAIN, Split.VALIDATION)) {
            if (dataset.images(split).isEmpty()) {
                throw CliException.failure(
                        "There are no images in split " + split.word() + "; a search needs some for "
                                + Split.TRAIN.word() + " and for " + Split.VALIDATION.word(),
                        null);
            }
        }
    }

    private static String shared(ServiceConfig config, PhaseSettings base, InitialState initial) {
        return "seed " + config.longInteger(TrainKeys.SEED) + ", standardisation "
                + config.string(TrainKeys.STANDARDISATION) + ", initial weights " + initial.source() + ", "
                + base.describe();
    }

    private void report(List<TrialResult> results) {
        PrintWriter out = spec.commandLine().getOut();
        var made = new SearchTable(results);
        var table = new Table(SearchTable.HEADINGS.toArray(String[]::new));
        made.rows().forEach(row -> table.row(row.toArray()));
        out.println();
        table.print(out);
        out.println();
        out.println("The same as " + folder.resolve("results.csv") + " and results.json. The best settings:");
        out.println();
        out.print(made.bestAsProperties(phase));
        out.flush();
    }
}
