package org.ctstream.cli.demo;

import java.time.Duration;
import org.ctstream.cli.stack.StackListener;

/** A plain line every few seconds, where nobody watches a terminal. */
final class LinesView implements ProgressView {
    private static final Duration INTERVAL = Duration.ofSeconds(3);

    private final StackListener out;
    private long next = System.nanoTime() + INTERVAL.toNanos();

    LinesView(StackListener out) {
        this.out = out;
    }

    @Override
    public void show(Progress progress) {
        if (System.nanoTime() - next >= 0) {
            next = System.nanoTime() + INTERVAL.toNanos();
            out.step(progress.toString());
        }
    }

    @Override
    public void close() {}
}
