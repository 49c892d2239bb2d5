package org.ctstream.gateway.stow;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/** A request's body that may have so many bytes and take so long. For one thread. */
final class BoundedInput extends FilterInputStream {
    private static final int TIMEOUT = 408;
    private static final int TOO_LARGE = 413;

    private final long most;
    private final long deadline;
    private final LongSupplier nanoTime;
    private long read;

    BoundedInput(InputStream in, long most, Duration time, LongSupplier nanoTime) {
        super(in);
        this.most = most;
        this.nanoTime = nanoTime;
        this.deadline = nanoTime.getAsLong() + time.toNanos();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (nanoTime.getAsLong() - deadline >= 0) {
            throw new RequestException(TIMEOUT, "The request took too long; send fewer instances at once");
        }
        int count = in.read(bytes, offset, length);
        if (count > 0) {
            read += count;
            if (read > most) {
                throw new RequestException(
                        TOO_LARGE, "The request has more than " + most + " bytes; send fewer instances at once");
            }
        }
        return count;
    }
}
