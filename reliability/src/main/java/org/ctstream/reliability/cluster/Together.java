package org.ctstream.reliability.cluster;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** Does things that take seconds each side by side. */
public final class Together {
    private Together() {}

    /** Returns when all are done, and throws what the first that failed threw. */
    public static <T> void each(Collection<T> all, Consumer<T> action) {
        CompletableFuture<?>[] runs = all.stream()
                .map(one -> CompletableFuture.runAsync(
                        () -> action.accept(one), run -> new Thread(run, "together").start()))
                .toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(runs).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
