package org.ctstream.trainer.continuous;

import org.jspecify.annotations.Nullable;

/**
 * What the trainer remembers from one start to the next.
 *
 * @param trained the labels of the last training that led to a release; null if there was none, or nobody remembers
 * @param running the run that was begun and is not over; null if there is none
 * @param failed the last run, if it failed and none has succeeded since
 * @param waitingSinceMillis when the first label came that no training has seen, milliseconds since 1970; 0 if there is
 *     none
 */
record TrainerState(
        @Nullable LabelSnapshot trained,
        @Nullable RunPlan running,
        @Nullable FailedRun failed,
        long waitingSinceMillis) {
    static final TrainerState EMPTY = new TrainerState(null, null, null, 0);

    TrainerState waitingSince(long millis) {
        return new TrainerState(trained, running, failed, millis);
    }

    TrainerState begun(RunPlan plan) {
        return new TrainerState(trained, plan, null, waitingSinceMillis);
    }

    /** The run led to a release. */
    TrainerState released(RunPlan plan) {
        return new TrainerState(plan.labels(), null, null, 0);
    }

    /** The run failed; where the disk was at fault it can go on. */
    TrainerState failedWith(FailedRun failure) {
        return new TrainerState(trained, failure.storage() ? running : null, failure, waitingSinceMillis);
    }

    /** The run cannot go on any more, and nothing is wrong with that. */
    TrainerState givenUp() {
        return new TrainerState(trained, null, null, waitingSinceMillis);
    }

    /** A start is a change where the disk was at fault: somebody may well have seen to it. */
    TrainerState started() {
        return failed != null && failed.storage() ? new TrainerState(trained, running, null, waitingSinceMillis) : this;
    }
}
