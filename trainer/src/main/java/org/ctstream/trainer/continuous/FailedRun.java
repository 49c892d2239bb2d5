package org.ctstream.trainer.continuous;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/**
 * A run that failed. The same run would fail again, so it takes a change to try again: other settings, another program,
 * another release in production, as many new labels as are due; or, where the disk was at fault, more room on it.
 *
 * @param plan what it was
 * @param message what went wrong
 * @param storage whether the disk was at fault; then the run is kept and can go on
 * @param freeBytes room on the disk at that time
 */
record FailedRun(RunPlan plan, String message, boolean storage, long freeBytes) {
    /** Room for the checkpoints of a DenseNet with its optimiser's state, and more than what comes and goes by itself. */
    static final long MORE_ROOM_BYTES = 256L << 20;

    static FailedRun of(RunPlan plan, RuntimeException failure, long freeBytes) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return new FailedRun(plan, message, isStorage(failure), freeBytes);
    }

    /** Whether there is more room on the disk than there was, so that a run that failed for want of it can go on. */
    boolean hasRoomAgain(long freeBytesNow) {
        return storage && freeBytesNow - freeBytes >= MORE_ROOM_BYTES;
    }

    /** One line for people. */
    String describe() {
        return "run " + plan.version() + " failed: " + message;
    }

    /**
     * Whether input or output failed anywhere in the chain of causes. A file that is not there and one that does not say
     * what it should are no want of room: neither comes right with more of it.
     */
    private static boolean isStorage(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof IOException
                    && !(t instanceof NoSuchFileException)
                    && !(t instanceof JsonProcessingException)) {
                return true;
            }
        }
        return false;
    }
}
