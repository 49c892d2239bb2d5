package org.ctstream.cli.console;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/**
 * Says every few seconds how far a long reading is; a short one says nothing.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 */
public final class ReadProgress {
    private static final long INTERVAL_NANOS = Duration.ofSeconds(3).toNanos();

    private final PrintWriter err;
    private String what = "";
    private long total;
    private long done;
    private long next = System.nanoTime() + INTERVAL_NANOS;

    public ReadProgress(PrintWriter err) {
        this.err = err;
    }

    /** @param records how many there are at most; 0 if nobody knows */
    public void begin(String name, long records) {
        this.what = name;
        this.total = records;
        this.done = 0;
    }

    public void step() {
        done++;
        if ((done & 0xff) == 0 && System.nanoTime() - next >= 0) {
            next = System.nanoTime() + INTERVAL_NANOS;
            err.println(
                    total > 0
                            ? String.format(
                                    Locale.ROOT, "%s: %,d of %,d (%d %%)", what, done, total, 100 * done / total)
                            : String.format(Locale.ROOT, "%s: %,d", what, done));
            err.flush();
        }
    }
}
