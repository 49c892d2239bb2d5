package org.ctstream.worker.model;

import java.util.List;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.release.ReleaseException;

/**
 * Why a release could not be made ready.
 *
 * @param reason a short stable code for metrics, one of {@link #REASONS}
 * @param message for people
 * @param mayPass true if the same release may work later: its files are still on their way, the store or the device is
 *     away
 */
record ReleaseFailure(String reason, String message, boolean mayPass) {
    static final String DIGEST = "digest";
    static final String GEOMETRY = "geometry";
    static final String OUTPUT = "output";
    private static final String ABSENT = "absent";
    private static final String CORRUPT = "corrupt";
    private static final String UNREADABLE = "unreadable";
    private static final String DEVICE = "device";
    private static final String NETWORK = "network";

    static final List<String> REASONS = List.of(ABSENT, CORRUPT, DEVICE, DIGEST, GEOMETRY, NETWORK, OUTPUT, UNREADABLE);

    static ReleaseFailure of(Throwable failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        if (failure instanceof UnfitReleaseException unfit) {
            return new ReleaseFailure(unfit.reason(), message, false);
        }
        if (failure instanceof ReleaseException ofStore) {
            return of(ofStore, message);
        }
        // What the engine says of one batch is the network's doing; everything else of it the device's, and so is a
        // heap that is full for now.
        boolean device = failure instanceof VirtualMachineError
                || (failure instanceof ClassifierException && !(failure instanceof ClassifierException.EngineFailure));
        return new ReleaseFailure(device ? DEVICE : NETWORK, message, device);
    }

    private static ReleaseFailure of(ReleaseException failure, String message) {
        if (failure instanceof ReleaseException.Absent) {
            return new ReleaseFailure(ABSENT, message, true);
        }
        // A manifest that is being copied cannot be read either, so this one may pass.
        return failure instanceof ReleaseException.Unreadable
                ? new ReleaseFailure(UNREADABLE, message, true)
                : new ReleaseFailure(CORRUPT, message, false);
    }
}
