package org.ctstream.gateway.association;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A socket's input in which everything has to arrive by a deadline: a peer that sends a byte now and then gains no time.
 * Below TLS one read may be many of the socket's, each with its whole time-out, so an overdue read can be asked for.
 *
 * <h2>Thread safety</h2>
 * For one thread, but for {@link #isOverdue}, which is for any.
 */
final class TimedInput extends InputStream {
    private final Socket socket;
    private final InputStream in;
    private final LongSupplier nanoTime;
    private volatile long deadline;
    private volatile boolean reading;

    TimedInput(Socket socket, InputStream in, LongSupplier nanoTime) {
        this.socket = socket;
        this.in = in;
        this.nanoTime = nanoTime;
        this.deadline = nanoTime.getAsLong();
    }

    /** What is read from now on has so long in all. */
    void allow(Duration time) {
        deadline = nanoTime.getAsLong() + time.toNanos();
    }

    /** Whether a read has gone on for so long past its deadline. */
    boolean isOverdue(Duration grace) {
        return reading && nanoTime.getAsLong() - deadline > grace.toNanos();
    }

    @Override
    public int read() throws IOException {
        arm();
        try {
            return in.read();
        } finally {
            reading = false;
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        arm();
        try {
            return in.read(bytes, offset, length);
        } finally {
            reading = false;
        }
    }

    private void arm() throws IOException {
        long millis = Duration.ofNanos(deadline - nanoTime.getAsLong()).toMillis();
        if (millis <= 0) {
            throw new SocketTimeoutException("The time for this is over");
        }
        socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, millis));
        reading = true;
    }
}
