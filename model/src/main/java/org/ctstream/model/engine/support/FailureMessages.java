package org.ctstream.model.engine.support;

import java.util.List;
import java.util.Locale;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.EngineDescription;
import org.ctstream.model.release.ReleaseId;
import org.jspecify.annotations.Nullable;

/**
 * Tells from an engine's messages, the only thing that comes through DJL, which kind of failure it was.
 *
 * @param outOfMemory phrases in lower case that mean the device or the host had no memory
 * @param deviceLost phrases in lower case after which the device's context stays unusable
 */
public record FailureMessages(List<String> outOfMemory, List<String> deviceLost) {
    public FailureMessages {
        outOfMemory = List.copyOf(outOfMemory);
        deviceLost = List.copyOf(deviceLost);
    }

    /** What a failure while loading a release is: no memory, or the engine cannot be had. */
    public ClassifierException onOpening(Exception e, ReleaseId release, EngineDescription engine) {
        String message = "cannot load release " + release + " into " + where(engine) + ": " + reason(e);
        if (saysAnyOf(outOfMemory, e)) {
            return new ClassifierException.OutOfMemory(message, e);
        }
        return new ClassifierException.Unavailable(message, e);
    }

    /** What a failure of a batch is: no memory, a lost device, or something about this batch. */
    public ClassifierException onClassifying(Exception e, int slices, EngineDescription engine) {
        String message = "a batch of " + slices + " slices failed on " + where(engine) + ": " + reason(e);
        if (saysAnyOf(outOfMemory, e)) {
            return new ClassifierException.OutOfMemory(message, e);
        }
        if (saysAnyOf(deviceLost, e)) {
            return new ClassifierException.DeviceLost(message, e);
        }
        return new ClassifierException.EngineFailure(message, e);
    }

    private static String where(EngineDescription engine) {
        return "engine " + engine.engine() + " " + engine.version() + ", device " + engine.device();
    }

    private static boolean saysAnyOf(List<String> phrases, Exception e) {
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (phrases.stream().anyMatch(message::contains)) {
                return true;
            }
        }
        return false;
    }

    /** The first line of the innermost message: DJL's own says less, and engines append native stack traces. */
    private static String reason(Exception e) {
        Throwable innermost = e;
        while (innermost.getCause() != null && innermost.getCause().getMessage() != null) {
            innermost = innermost.getCause();
        }
        return String.valueOf(innermost.getMessage()).lines().findFirst().orElse("");
    }
}
