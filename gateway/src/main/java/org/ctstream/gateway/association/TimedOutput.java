package org.ctstream.gateway.association;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A socket's output that tells since when a write hangs: a peer that reads nothing would hold its thread for ever, and
 * sockets know no time limit for writing.
 *
 * <h2>Thread safety</h2>
 * Writing is for one thread at a time; asking for any.
 */
final class TimedOutput extends FilterOutputStream {
    private static final long NOT_WRITING = Long.MIN_VALUE;

    private final LongSupplier nanoTime;
    private final AtomicLong since = new AtomicLong(NOT_WRITING);

    TimedOutput(OutputStream out, LongSupplier nanoTime) {
        super(out);
        this.nanoTime = nanoTime;
    }

    /** Whether one write has taken longer than that. */
    boolean hangsFor(Duration time) {
        long begun = since.get();
        return begun != NOT_WRITING && nanoTime.getAsLong() - begun > time.toNanos();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        since.set(nanoTime.getAsLong());
        try {
            out.write(bytes, offset, length);
        } finally {
            since.set(NOT_WRITING);
        }
    }
}
