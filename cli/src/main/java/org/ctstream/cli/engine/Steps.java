package org.ctstream.cli.engine;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Consumer;

/** Tells a person who waits what goes on: a line every two seconds at most. */
final class Steps implements Consumer<String> {
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final PrintWriter err;
    private long next = System.nanoTime();

    Steps(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void accept(String step) {
        long now = System.nanoTime();
        if (now - next >= 0) {
            next = now + INTERVAL.toNanos();
            err.println(step);
            err.flush();
        }
    }
}
