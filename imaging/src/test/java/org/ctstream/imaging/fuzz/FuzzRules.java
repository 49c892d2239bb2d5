package org.ctstream.imaging.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.ctstream.imaging.bounds.ByteWindow;
import org.ctstream.imaging.bounds.DecodeDeadline;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.slice.GreySlice;

/**
 * What every fuzz target asks of its decoder, for any bytes: a slice within the limits or a {@link ScanDecodeException},
 * no more than 2 s of the processor, no more than a fixed amount of memory. Everything else is a finding, the decoder's own
 * nets for what no check foresaw and for exhausted memory among it.
 */
public final class FuzzRules {
    /** Small enough that a decoder which heeds them is quick, and one which does not stands out. */
    public static final DecodeLimits LIMITS = new DecodeLimits(1 << 20, 1024, 1024, 1 << 18, Duration.ofSeconds(1));

    private static final Duration MOST_CPU = Duration.ofSeconds(2);

    /** The worst image within the limits takes 10 bytes for each of 2^18 pixels, the rest is copies and codecs. */
    private static final long MOST_ALLOCATED = 32L << 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** A decoder under test. */
    public interface Decoding {
        GreySlice decode(ByteWindow file, DecodeDeadline deadline) throws ScanDecodeException;
    }

    private FuzzRules() {}

    /** Decodes once; classes are loaded by then, so call it with a good file first. */
    public static void check(byte[] bytes, Decoding decoding) {
        long cpu = THREADS.getCurrentThreadCpuTime();
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        try {
            GreySlice slice = decoding.decode(ByteWindow.of(bytes, "file"), DecodeDeadline.startingNow(LIMITS));
            if ((long) slice.height() * slice.width() > LIMITS.maxPixels()) {
                throw new AssertionError(
                        "a slice of " + slice.height() + " x " + slice.width() + " is over the limits");
            }
        } catch (ScanDecodeException e) {
            checkForeseen(e);
        }
        long cpuMs = (THREADS.getCurrentThreadCpuTime() - cpu) / 1_000_000;
        long taken = THREADS.getCurrentThreadAllocatedBytes() - allocated;
        if (cpuMs > MOST_CPU.toMillis()) {
            throw new AssertionError("took " + cpuMs + " ms of the processor");
        }
        if (taken > MOST_ALLOCATED) {
            throw new AssertionError("took " + taken + " bytes of memory");
        }
    }

    private static void checkForeseen(ScanDecodeException e) {
        if (e.getCause() instanceof OutOfMemoryError || e.getCause() instanceof StackOverflowError) {
            throw new AssertionError("memory or stack ran out", e);
        }
        if (e.detail().contains("decoding ended in")) {
            throw new AssertionError("a check is missing", e);
        }
    }
}
