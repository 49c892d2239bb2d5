package org.ctstream.cli.train.search;

import java.io.PrintStream;
import java.util.Locale;
import org.ctstream.cli.console.Terminal;
import org.ctstream.cli.train.ConsoleProgress;
import org.ctstream.trainer.phase.PhaseListener;
import org.ctstream.trainer.search.SearchListener;
import org.ctstream.trainer.search.TrialResult;
import org.ctstream.trainer.search.TrialSettings;

/** Tells of each trial, with its epochs. */
final class ConsoleSearch implements SearchListener {
    private final PrintStream out;

    ConsoleSearch(PrintStream out) {
        this.out = out;
    }

    @Override
    public PhaseListener begun(TrialSettings trial, int trials) {
        out.printf(
                Locale.ROOT,
                "trial %d of %d: learning rate %s, batch size %d, augmentation %s, trainable %s%n",
                trial.number(),
                trials,
                trial.learningRate(),
                trial.batchSize(),
                trial.augmentation(),
                trial.trainableText());
        return new ConsoleProgress(out, Terminal.isInteractive(), false);
    }

    @Override
    public void over(TrialResult result, int trials, boolean earlier) {
        String outcome = result.failure() == null
                ? String.format(
                        Locale.ROOT, "validation AUC %.4f in epoch %d", result.validationAuc(), result.bestEpoch())
                : result.failure();
        out.printf(
                "trial %d of %d%s: %s%n", result.settings().number(), trials, earlier ? " (done before)" : "", outcome);
    }
}
