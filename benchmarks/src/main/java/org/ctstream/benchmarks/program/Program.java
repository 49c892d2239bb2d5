package org.ctstream.benchmarks.program;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.ctstream.benchmarks.report.Conditions;
import org.ctstream.benchmarks.report.Section;
import org.ctstream.benchmarks.report.Target;
import org.ctstream.cli.CliException;
import org.ctstream.cli.ExitCodes;
import org.ctstream.cli.console.Interruption;
import org.ctstream.cli.stack.DataDirectory;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * A benchmark: measures, prints its section, and writes it. Whatever it starts ends with it, also at Ctrl-C.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 */
public abstract class Program implements Callable<Integer> {
    /** Exit code of a program that has measured, and not met every target. */
    public static final int NOT_MET = 3;

    @Mixin
    private RunOptions run = new RunOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** For subclasses. */
    protected Program() {}

    /** How long it will take about, with the options given. */
    protected abstract Duration estimate();

    /** @throws CliException if the options do not fit together */
    protected void check() {
        if (run.repetitions() < 1) {
            throw CliException.usage("--repetitions " + run.repetitions() + " (expected: 1 or more)", null);
        }
    }

    /**
     * Measures.
     *
     * @param folder a temporary folder, deleted at the end
     */
    protected abstract Section measure(Path folder, Progress progress) throws Exception;

    /** How long it will take about, for a plan; after its options were parsed. */
    public final Duration expected() {
        return estimate();
    }

    /** The options of every program. */
    protected final RunOptions run() {
        return run;
    }

    /** The subcommand's name. */
    protected final String name() {
        return spec.name();
    }

    /** The conditions that hold for every program, to be added to. */
    protected final Conditions conditions() {
        return conditions(run.repetitions());
    }

    /** The same for a program that does not repeat what the user says. */
    protected final Conditions conditions(int repetitions) {
        return Conditions.ofThisProcess().put("repetitions", repetitions).put("seed", run.seed());
    }

    @Override
    public final Integer call() throws Exception {
        check();
        PrintWriter out = spec.commandLine().getOut();
        var progress = new Progress(out);
        progress.step(name() + ": about " + Durations.text(estimate()));
        try (var interruption = new Interruption();
                var data = DataDirectory.of(null)) {
            try {
                Section section = measure(data.path(), progress);
                out.println();
                out.println(section.markdown());
                progress.step(name() + " has written " + section.write(run.results()));
                return section.targets().stream().allMatch(Target::isMet) ? ExitCodes.OK : NOT_MET;
            } catch (Exception e) {
                if (interruption.isAsked()) {
                    Thread.interrupted(); // heard; the folder is still to be deleted
                    progress.step(name() + " was stopped before its end and has written nothing");
                    return ExitCodes.FAILURE;
                }
                progress.trouble(name() + " failed; the logs of its services are in " + data.keepLogs());
                throw e;
            }
        }
    }
}
