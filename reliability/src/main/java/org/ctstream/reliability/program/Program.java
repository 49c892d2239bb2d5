package org.ctstream.reliability.program;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.ctstream.benchmarks.program.Durations;
import org.ctstream.benchmarks.report.Conditions;
import org.ctstream.benchmarks.report.Section;
import org.ctstream.cli.CliException;
import org.ctstream.cli.ExitCodes;
import org.ctstream.cli.console.Interruption;
import org.ctstream.cli.stack.ConsoleListener;
import org.ctstream.cli.stack.DataDirectory;
import org.ctstream.cli.stack.StackListener;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * A proof: does what it does to the product, counts, says its verdict and writes its section. Whatever it starts ends with
 * it, also at Ctrl-C. If a promise is broken, everything the processes wrote stays.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 */
public abstract class Program implements Callable<Integer> {
    /** Exit code of a program that has run to its end and found a promise broken. */
    public static final int BROKEN = 3;

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
    protected void check() {}

    /**
     * Finds out.
     *
     * @param folder for everything the processes write
     */
    protected abstract Proof prove(Path folder, StackListener progress) throws Exception;

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
        return Conditions.ofThisProcess().put("seed", run.seed());
    }

    @Override
    public final Integer call() throws Exception {
        check();
        PrintWriter out = spec.commandLine().getOut();
        var progress = new ConsoleListener(out, out);
        progress.step(name() + ": about " + Durations.text(estimate()));
        // Closed only if all is well: closing deletes it.
        @SuppressWarnings("resource")
        DataDirectory data = DataDirectory.of(run.folder());
        try (var interruption = new Interruption()) {
            return prove(data, progress, interruption);
        } catch (Exception e) {
            progress.trouble(name() + " did not come to its end; everything is in " + data.path());
            throw e;
        }
    }

    private int prove(DataDirectory data, StackListener progress, Interruption interruption) throws Exception {
        Proof proof;
        try {
            proof = prove(data.path(), progress);
        } catch (CliException e) {
            if (interruption.isAsked()) {
                boolean unused = Thread.interrupted(); // heard
                progress.step(name() + " was stopped before its end; everything is in " + data.path());
                return ExitCodes.FAILURE;
            }
            throw e;
        }
        tell(proof, progress);
        if (proof.holds()) {
            data.close();
            return ExitCodes.OK;
        }
        progress.trouble("Everything the processes wrote is in " + data.path());
        return BROKEN;
    }

    private void tell(Proof proof, StackListener progress) throws IOException {
        Section section = proof.section();
        PrintWriter out = spec.commandLine().getOut();
        out.println();
        out.println(section.markdown());
        out.flush();
        progress.step(proof.name() + " has written " + section.write(run.results()));
        progress.step(proof.verdict());
    }
}
