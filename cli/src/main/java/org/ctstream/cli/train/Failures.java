package org.ctstream.cli.train;

import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import org.ctstream.cli.CliException;
import org.ctstream.model.release.ReleaseException;
import org.ctstream.model.weights.WeightsException;
import org.ctstream.trainer.checkpoint.CheckpointException;
import org.ctstream.trainer.dataset.DatasetException;
import org.ctstream.trainer.phase.DivergedException;
import org.ctstream.trainer.plot.PlotException;
import org.ctstream.trainer.run.RunException;

/** What can go wrong in training, as messages for people. */
public final class Failures {
    private Failures() {}

    /** Runs work; its known failures become the command's. */
    public static Integer reported(Callable<Integer> work) throws Exception {
        try {
            return work.call();
        } catch (IllegalArgumentException e) {
            throw CliException.usage(String.valueOf(e.getMessage()), e);
        } catch (CheckpointException
                | DatasetException
                | DivergedException
                | PlotException
                | ReleaseException
                | RunException
                | UncheckedIOException
                | WeightsException e) {
            throw CliException.failure(String.valueOf(e.getMessage()), e);
        }
    }
}
