package org.ctstream.cli.demo;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.ctstream.publisher.ScanInput;
import org.ctstream.publisher.ScanPublisher;

/** Publishes all inputs in a thread of its own, while results already come in. */
final class Publishing implements AutoCloseable {
    private final ScanPublisher publisher;
    private final CompletableFuture<Void> done;
    private volatile boolean stopped;

    Publishing(List<ScanInput> inputs, ScanPublisher publisher) {
        this.publisher = publisher;
        this.done = CompletableFuture.runAsync(() -> publishAll(inputs), run -> new Thread(run, "publishing").start());
    }

    /**
     * True once every input is confirmed or refused.
     *
     * @throws java.util.concurrent.CompletionException if publishing failed altogether
     */
    boolean isDone() {
        if (done.isCompletedExceptionally()) {
            done.join();
        }
        return done.isDone();
    }

    @Override
    public void close() {
        stopped = true;
        done.exceptionally(failure -> null).join();
        publisher.close();
    }

    private void publishAll(List<ScanInput> inputs) {
        for (ScanInput input : inputs) {
            if (stopped) {
                return;
            }
            publisher.publish(input);
        }
        publisher.flush();
    }
}
