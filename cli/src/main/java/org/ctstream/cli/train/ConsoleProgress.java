package org.ctstream.cli.train;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.ctstream.model.weights.WeightsReport;
import org.ctstream.trainer.history.EpochRecord;
import org.ctstream.trainer.phase.PhaseListener;
import org.ctstream.trainer.phase.PhaseSettings;
import org.ctstream.trainer.phase.StepTimes;

/** A line for each epoch with the time that is left, and, for a person who watches, one for each step. */
public final class ConsoleProgress implements PhaseListener {
    private static final int NAMES_SHOWN = 4;

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
    public void initialWeights(PhaseSettings settings, WeightsReport report) {
        out.printf(
                "%s begins from weights of which %d tensors fit; left to chance: %s; of another shape: %s; not the"
                        + " network's: %s%n",
                settings.name(),
                report.matched().size(),
                some(report.missing()),
                some(report.misshaped().stream()
                        .map(WeightsReport.Misshaped::tensor)
                        .toList()),
                some(report.leftOut()));
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

    private static String some(List<String> names) {
        if (names.isEmpty()) {
            return "none";
        }
        String first = String.join(", ", names.subList(0, Math.min(NAMES_SHOWN, names.size())));
        return names.size() <= NAMES_SHOWN ? first : first + " and " + (names.size() - NAMES_SHOWN) + " more";
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
