package org.ctstream.ingest;

import org.ctstream.imaging.bounds.DecodeLimits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What decoding may take at worst: every thread with the largest scan at once, its encoded bytes held twice (the fetched
 * record and the payload of a claim check or of the consumer's buffer) and 10 bytes per pixel.
 */
final class DecodeMemory {
    private static final Logger log = LoggerFactory.getLogger(DecodeMemory.class);
    private static final int BYTES_PER_PIXEL = 10;
    private static final int ENCODED_COPIES = 2;

    private DecodeMemory() {}

    static long worstBytes(int threads, DecodeLimits limits) {
        long perThread =
                ENCODED_COPIES * limits.maxEncodedBytes() + Math.multiplyExact(BYTES_PER_PIXEL, limits.maxPixels());
        return Math.multiplyExact(threads, perThread);
    }

    /** Says so at start if the heap cannot hold the worst: a wrong guess shows as an out-of-memory error days later. */
    static void warnIfHeapIsSmall(int threads, DecodeLimits limits, long maxHeapBytes) {
        long worst = worstBytes(threads, limits);
        if (worst > maxHeapBytes) {
            log.atWarn()
                    .addKeyValue("worstBytes", worst)
                    .addKeyValue("maxHeapBytes", maxHeapBytes)
                    .addKeyValue("threads", threads)
                    .log("The largest allowed scans do not fit the heap; lower " + IngestKeys.DECODE_MAX_PIXELS + " or "
                            + IngestKeys.STREAM_THREADS + ", or raise -Xmx");
        }
    }
}
