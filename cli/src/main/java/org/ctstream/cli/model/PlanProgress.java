package org.ctstream.cli.model;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Shows of what {@code trtexec} prints its warnings and errors, and between them that it is still at work. */
final class PlanProgress implements Consumer<String>, AutoCloseable {
    /** For example {@code [11/23/2026-04:30:00] [W] [TRT] ...}. */
    private static final Pattern WORTH_SHOWING = Pattern.compile(".*\\[[WE]].*");

    private static final long EVERY_SECONDS = 15;

    private final PrintWriter out;
    private final long begin = System.nanoTime();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(PlanProgress::daemon);
    private final ScheduledFuture<?> ticking;

    PlanProgress(PrintWriter out) {
        this.out = out;
        this.ticking = clock.scheduleAtFixedRate(this::tick, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "plan-progress");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void accept(String line) {
        if (WORTH_SHOWING.matcher(line).matches()) {
            out.println(line);
            out.flush();
        }
    }

    private void tick() {
        out.println("compiling " + Duration.ofNanos(System.nanoTime() - begin).toSeconds() + " s");
        out.flush();
    }

    @Override
    public void close() {
        ticking.cancel(true);
        clock.shutdown();
    }
}
