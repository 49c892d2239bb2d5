package org.ctstream.cli.stack;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Prints the stack's steps with the seconds since the start. Thread-safe. */
public final class ConsoleListener implements StackListener {
    private final PrintWriter out;
    private final PrintWriter err;
    private final long started = System.nanoTime();

    public ConsoleListener(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public void step(String text) {
        print(out, text);
    }

    @Override
    public void trouble(String text) {
        print(err, text);
    }

    private void print(PrintWriter to, String text) {
        double seconds = (System.nanoTime() - started) / (double) TimeUnit.SECONDS.toNanos(1);
        to.println(String.format(Locale.ROOT, "%6.1f s  %s", seconds, text));
        to.flush();
    }
}
