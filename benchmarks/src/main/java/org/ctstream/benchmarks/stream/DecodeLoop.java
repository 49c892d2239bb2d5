package org.ctstream.benchmarks.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.ctstream.benchmarks.input.EncodedScans;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.decode.ScanDecoder;
import org.ctstream.imaging.slice.SliceNormalizer;

/** Decode and resize in a bare loop on some threads: what ingest could reach if everything round it cost nothing. */
final class DecodeLoop {
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ScanDecoder decoder = new ScanDecoder(DecodeLimits.DEFAULTS);
    private final SliceNormalizer normalizer = new SliceNormalizer();
    private final EncodedScans scans;
    private final int threads;

    DecodeLoop(EncodedScans scans, int threads) {
        this.scans = scans;
        this.threads = threads;
    }

    /** Scans per second over that time, all threads together. */
    double scansPerSecond(Duration time) throws Exception {
        var next = new AtomicLong();
        long begun = System.nanoTime();
        long end = begun + time.toNanos();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                counts.add(pool.submit(() -> loop(next, end)));
            }
            long done = 0;
            for (Future<Long> count : counts) {
                done += count.get();
            }
            return done * NANOS / (System.nanoTime() - begun);
        } finally {
            pool.shutdownNow();
        }
    }

    private long loop(AtomicLong next, long end) throws ScanDecodeException {
        long done = 0;
        while (System.nanoTime() - end < 0 && !Thread.currentThread().isInterrupted()) {
            var scan = scans.get((int) (next.getAndIncrement() % scans.size()));
            normalizer.normalize(decoder.decode(scan.bytes()).slice());
            done++;
        }
        return done;
    }
}
