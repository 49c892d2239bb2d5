package org.ctstream.worker.predict;

import java.time.Instant;
import org.ctstream.model.classify.EngineDescription;
import org.ctstream.model.classify.Prediction;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.service.error.PoisonRecordException;
import org.ctstream.worker.batch.PendingScan;

/** What came of one scan. */
public sealed interface Outcome {
    PendingScan scan();

    /** The engine classified it. */
    record Predicted(
            PendingScan scan, Prediction prediction, ModelRelease release, EngineDescription engine, Instant at)
            implements Outcome {}

    /** It can never be classified: to the dead-letter topic, then committed. */
    record Rejected(PendingScan scan, PoisonRecordException reason) implements Outcome {}
}
