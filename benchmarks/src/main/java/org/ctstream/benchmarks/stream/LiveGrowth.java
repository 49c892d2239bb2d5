package org.ctstream.benchmarks.stream;

import org.ctstream.benchmarks.cluster.LiveHeap;
import org.ctstream.benchmarks.report.Figures;
import org.ctstream.benchmarks.report.Target;

/** What full collections of a service's heap left after its warm-up and at the end, in MiB. */
record LiveGrowth(double beforeMib, double afterMib) {
    /** Windows of the meters and caches of classes come and go; a leak of 100 bytes a scan is seen in 20,000. */
    private static final double LIMIT_MIB = 2;

    /** Counts again, at the end. */
    static LiveGrowth since(double beforeMib, long pid) {
        return new LiveGrowth(beforeMib, LiveHeap.mebibytes(pid));
    }

    Target target() {
        return Target.atMost(
                "growth of what is reachable on the heap after warm-up, MiB", LIMIT_MIB, afterMib - beforeMib);
    }

    String text() {
        return Figures.of(beforeMib) + ", then " + Figures.of(afterMib);
    }
}
