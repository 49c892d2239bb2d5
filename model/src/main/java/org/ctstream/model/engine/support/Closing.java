package org.ctstream.model.engine.support;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Closes several things, whichever of them fails. */
public final class Closing {
    private Closing() {}

    /**
     * Closes all of them.
     *
     * @throws RuntimeException as the first did that failed, with the other failures as suppressed ones
     */
    public static void all(List<? extends AutoCloseable> things) {
        @Nullable RuntimeException first = null;
        for (AutoCloseable thing : things) {
            try {
                thing.close();
            } catch (Exception e) {
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                RuntimeException failure =
                        e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
                if (first == null) {
                    first = failure;
                } else {
                    first.addSuppressed(failure);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
