package org.ctstream.model.engine.pytorch;

import java.util.List;
import java.util.Locale;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.EngineDescription;
import org.ctstream.model.release.ReleaseId;
import org.jspecify.annotations.Nullable;

/** Tells from PyTorch's messages, the only thing that comes through DJL, which kind of failure it was. */
final class PyTorchFailures {
    private static final List<String> OUT_OF_MEMORY = List.of(
            "out of memory",
            "not enough memory",
            "can't allocate memory",
            "cublas_status_alloc_failed",
            "cudnn_status_alloc_failed");

    /** After any other CUDA error the device's context stays unusable until the process lets go of it. */
    private static final List<String> DEVICE_LOST =
            List.of("cuda error", "cudnn_status_execution_failed", "cublas_status_execution_failed");

    private PyTorchFailures() {}

    static ClassifierException onOpening(RuntimeException e, ReleaseId release, EngineDescription engine) {
        String message = "cannot load release " + release + " into " + where(engine) + ": " + firstLine(e);
        if (saysAnyOf(OUT_OF_MEMORY, e)) {
            return new ClassifierException.OutOfMemory(message, e);
        }
        return new ClassifierException.Unavailable(message, e);
    }

    static ClassifierException onClassifying(RuntimeException e, int slices, EngineDescription engine) {
        String message = "a batch of " + slices + " slices failed on " + where(engine) + ": " + firstLine(e);
        if (saysAnyOf(OUT_OF_MEMORY, e)) {
            return new ClassifierException.OutOfMemory(message, e);
        }
        if (saysAnyOf(DEVICE_LOST, e)) {
            return new ClassifierException.DeviceLost(message, e);
        }
        return new ClassifierException.EngineFailure(message, e);
    }

    private static String where(EngineDescription engine) {
        return "engine " + engine.engine() + " " + engine.version() + ", device " + engine.device();
    }

    private static boolean saysAnyOf(List<String> phrases, RuntimeException e) {
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (phrases.stream().anyMatch(message::contains)) {
                return true;
            }
        }
        return false;
    }

    /** libtorch appends a native stack trace, which belongs to the cause. */
    private static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
