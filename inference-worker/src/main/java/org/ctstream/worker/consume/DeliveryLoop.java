package org.ctstream.worker.consume;

import java.util.List;
import org.ctstream.service.error.StageException;
import org.ctstream.worker.predict.EnginePipeline;
import org.ctstream.worker.predict.Outcome;

/**
 * A way of taking scans from Kafka and giving back what became of them.
 *
 * <h2>Thread safety</h2>
 * {@link #run} belongs to one thread; the others are safe from any.
 */
public interface DeliveryLoop {
    /** Takes over what the engine has finished, on the engine's thread; does not wait. */
    void finished(List<Outcome> outcomes);

    /**
     * Runs until {@link #requestStop}, then finishes what the engine has in hand, within a bound. For one run.
     *
     * @throws StageException fatal if only a person can mend what has ended it
     */
    void run(EnginePipeline engine);

    /** May come before {@link #run}, which then ends at once. */
    void requestStop();
}
