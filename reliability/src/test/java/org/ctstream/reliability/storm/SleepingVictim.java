package org.ctstream.reliability.storm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;

/** A real process that does nothing, and a count of how many of its kind were down at once. */
final class SleepingVictim implements Victim, AutoCloseable {
    private final String kind;
    private final AtomicInteger down;
    private final AtomicInteger mostDown;
    private volatile Process process;

    SleepingVictim(String kind, AtomicInteger down, AtomicInteger mostDown) {
        this.kind = kind;
        this.down = down;
        this.mostDown = mostDown;
        this.process = start();
    }

    @Override
    public String name() {
        return kind + "-" + process.pid();
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public boolean isUp() {
        return process.isAlive();
    }

    @Override
    public boolean isAtWork() {
        return isUp();
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public void kill() {
        mostDown.accumulateAndGet(down.incrementAndGet(), Math::max);
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void revive() {
        process = start();
        down.decrementAndGet();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static Process start() {
        try {
            return new ProcessBuilder("sleep", "120").start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
