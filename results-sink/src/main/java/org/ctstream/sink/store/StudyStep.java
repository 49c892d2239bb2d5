package org.ctstream.sink.store;

import java.time.Instant;
import org.ctstream.schemas.avro.StudyState;

/** What is to be done with a study now. */
public sealed interface StudyStep {
    /** Its slices are rolled up, and that becomes the next revision. */
    record Keep(StudyState state, boolean complete, int positiveSlicesNeeded) implements StudyStep {}

    /** Nothing before then, unless it is a positive result that comes. */
    record Wait(Instant until) implements StudyStep {}

    /** Nothing until another result comes. */
    record Rest() implements StudyStep {}
}
