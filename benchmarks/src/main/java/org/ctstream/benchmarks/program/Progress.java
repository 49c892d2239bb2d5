package org.ctstream.benchmarks.program;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.ctstream.cli.stack.StackListener;

/** Tells on the console what is going on, with the seconds since the start. Thread-safe. */
public final class Progress implements StackListener {
    private static final long OFTEN_ENOUGH_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final PrintWriter out;
    private final long started = System.nanoTime();
    private long lastCount = started;

    Progress(PrintWriter out) {
        this.out = out;
    }

    @Override
    public synchronized void step(String text) {
        double seconds = (System.nanoTime() - started) / (double) TimeUnit.SECONDS.toNanos(1);
        out.println(String.format(Locale.ROOT, "%7.1f s  %s", seconds, text));
        out.flush();
    }

    @Override
    public void trouble(String text) {
        step("TROUBLE: " + text);
    }

    /** A count that goes up; told every five seconds at most. */
    public synchronized void count(String what, long done, long total) {
        if (System.nanoTime() - lastCount >= OFTEN_ENOUGH_NANOS) {
            lastCount = System.nanoTime();
            step(what + ": " + done + " of " + total);
        }
    }
}
