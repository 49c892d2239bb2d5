package org.ctstream.imaging.bounds;

import java.time.Duration;

/**
 * The moment at which one decode is given up. Not thread-safe: it belongs to the thread that decodes.
 */
public final class DecodeDeadline {

    private final Duration allowed;
    private final long endNanos;

    private DecodeDeadline(Duration allowed) {
        this.allowed = allowed;
        this.endNanos = System.nanoTime() + allowed.toNanos();
    }

    /** A deadline that lies the limits' decode time from now. */
    public static DecodeDeadline startingNow(DecodeLimits limits) {
        return new DecodeDeadline(limits.maxDecodeTime());
    }

    public boolean hasPassed() {
        return System.nanoTime() - endNanos >= 0;
    }

    /**
     * Ends the decode if its time is over.
     *
     * @param format what is being decoded, for the message
     * @throws ScanDecodeException {@code TIMED_OUT}
     */
    public void check(String format) throws ScanDecodeException {
        if (hasPassed()) {
            throw new ScanDecodeException(
                    ScanDecodeException.Reason.TIMED_OUT,
                    format,
                    "not decoded within " + allowed.toMillis() + " ms",
                    "export the scan as uncompressed DICOM or PNG, or raise the decoder's time limit");
        }
    }
}
