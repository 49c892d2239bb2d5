package org.ctstream.worker;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.EngineDescription;
import org.ctstream.model.classify.Prediction;
import org.ctstream.model.classify.SliceBatch;
import org.ctstream.model.engine.Engines;
import org.ctstream.model.release.ModelRelease;

/** The standard engines, with a count of what is open. */
final class CountedEngines {
    private final AtomicInteger opened = new AtomicInteger();
    private final Set<Classifier> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger mostOpen = new AtomicInteger();

    Engines engines() {
        return new Engines(Map.of(
                "none",
                        (release, options) ->
                                count(Engines.standard().named("none").open(release, options)),
                "pytorch",
                        (release, options) ->
                                count(Engines.standard().named("pytorch").open(release, options))));
    }

    int opened() {
        return opened.get();
    }

    int open() {
        return open.size();
    }

    int mostOpen() {
        return mostOpen.get();
    }

    private Classifier count(Classifier classifier) {
        var counted = new Counted(classifier);
        open.add(counted);
        opened.incrementAndGet();
        mostOpen.accumulateAndGet(open.size(), Math::max);
        return counted;
    }

    private final class Counted implements Classifier {
        private final Classifier inner;

        Counted(Classifier inner) {
            this.inner = inner;
        }

        @Override
        public List<Prediction> classify(SliceBatch batch) {
            return inner.classify(batch);
        }

        @Override
        public ModelRelease release() {
            return inner.release();
        }

        @Override
        public EngineDescription engine() {
            return inner.engine();
        }

        @Override
        public int maxBatchSize() {
            return inner.maxBatchSize();
        }

        @Override
        public void close() {
            inner.close();
            open.remove(this);
        }
    }
}
