package org.ctstream.cli.train;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import org.ctstream.trainer.history.EpochRecord;
import org.ctstream.trainer.phase.PhaseListener;
import org.ctstream.trainer.phase.PhaseSettings;
import org.ctstream.trainer.phase.StepTimes;

/** A line for each epoch with the time that is left, and, for a person who watches, one for each step. */
public final class ConsoleProgress implements PhaseListener {
    private final PrintStream out;
    private final boolean interactive;
    private final boolean timings;

    /** @param timings whether to tell where each epoch's time went */
    public ConsoleProgress(PrintStream out, boolean interactive, boolean timings) {
        this.out = out;
        this.interactive = interactive;
        this.timings = timings;
    }

    @Override
    public void started(PhaseSettings settings, int epochsDone) {
        out.printf(
                Locale.ROOT,
                "%s: %s, %d epochs%s%n",
                settings.name(),
                settings.architecture(),
                settings.epochs(),
                epochsDone == 0 ? "" : ", going on after epoch " + epochsDone);
    }

    @Override
    public void frozenFeatures(int done, int total) {
        transientLine("frozen stages: %d of %d images".formatted(done, total));
    }

    @Override
    public void step(PhaseSettings settings, int epoch, int updatesDone, int updates) {
        transientLine("%s epoch %d: update %d of %d".formatted(settings.name(), epoch, updatesDone, updates));
    }

    @Override
    public void epoch(PhaseSettings settings, EpochRecord epoch, StepTimes times, boolean best) {
        transientLine("");
        Duration left = Duration.ofMillis((long) (epoch.seconds() * 1000 * (settings.epochs() - epoch.epoch())));
        out.printf(
                Locale.ROOT,
                "%s %d/%d  train loss %.4f AUC %.3f  validation loss %.4f AUC %.4f%s  %.1f s, left %s%n",
                epoch.phase(),
                epoch.epoch(),
                settings.epochs(),
                epoch.trainLoss(),
                epoch.trainAuc(),
                epoch.validationLoss(),
                epoch.validationAuc(),
                best ? " *" : "",
                epoch.seconds(),
                text(left));
        if (timings) {
            out.println("  " + times.describe());
        }
    }

    private void transientLine(String text) {
        if (interactive) {
            out.print("\r\033[K" + text);
            out.flush();
        }
    }

    private static String text(Duration duration) {
        return "%d:%02d:%02d".formatted(duration.toHours(), duration.toMinutesPart(), duration.toSecondsPart());
    }
}
