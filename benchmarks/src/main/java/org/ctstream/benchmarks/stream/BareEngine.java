package org.ctstream.benchmarks.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ctstream.benchmarks.engine.LocalEngines;
import org.ctstream.benchmarks.input.NormalizedSlices;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.classify.SliceBatch;
import org.ctstream.model.release.StoredRelease;

/** An engine in a bare loop over slices that lie ready: what a worker could reach if everything round it cost nothing. */
final class BareEngine implements AutoCloseable {
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Classifier classifier;
    private final List<SliceBatch> batches = new ArrayList<>();

    /** @param options their largest batch is the size of every batch */
    BareEngine(String engine, StoredRelease release, EngineOptions options, NormalizedSlices slices) {
        int size = options.maxBatch();
        for (int from = 0; from < Math.max(size, slices.size()); from += size) {
            batches.add(slices.batch(size, from));
        }
        this.classifier = LocalEngines.ALL.named(engine).open(release, options);
    }

    /** How it runs, by its own account. */
    String text() {
        return classifier.engine().text();
    }

    /** Scans per second, over whole rounds through the slices for at least that long, after one batch untimed. */
    double scansPerSecond(Duration atLeast) {
        classifier.classify(batches.get(0));
        long scans = 0;
        long begun = System.nanoTime();
        do {
            for (SliceBatch batch : batches) {
                classifier.classify(batch);
                scans += batch.size();
            }
        } while (System.nanoTime() - begun < atLeast.toNanos());
        return scans * NANOS / (System.nanoTime() - begun);
    }

    @Override
    public void close() {
        classifier.close();
    }
}
