package org.ctstream.cli.train;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ctstream.cli.ExitCodes;
import org.ctstream.trainer.history.EpochRecord;
import org.ctstream.trainer.history.RunHistory;
import org.ctstream.trainer.plot.EpochTable;
import org.ctstream.trainer.plot.RunComparison;
import org.ctstream.trainer.run.TrainingRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ctstream train compare}. */
@Command(
        name = "compare",
        description = {"Draws the validation AUC of several runs into one picture, and prints the epochs of each.", ""})
public final class CompareRunsCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", arity = "1..*", description = "Folders of runs.")
    private List<Path> folders = List.of();

    @Option(names = "--picture", paramLabel = "PNG", description = "Where the picture goes.")
    private Path picture = Path.of("runs.png");

    @Override
    public Integer call() throws Exception {
        return Failures.reported(() -> {
            PrintWriter out = spec.commandLine().getOut();
            Map<String, List<EpochRecord>> runs = new LinkedHashMap<>();
            for (Path folder : folders) {
                List<EpochRecord> epochs =
                        RunHistory.in(folder.resolve(TrainingRun.HISTORY)).epochs();
                if (epochs.isEmpty()) {
                    throw new IllegalArgumentException("there is no run with an epoch in " + folder);
                }
                runs.put(folder.getFileName().toString(), epochs);
                out.println(folder);
                out.println(EpochTable.text(epochs));
            }
            RunComparison.write(picture, runs);
            out.println("Picture: " + picture);
            out.flush();
            return ExitCodes.OK;
        });
    }
}
