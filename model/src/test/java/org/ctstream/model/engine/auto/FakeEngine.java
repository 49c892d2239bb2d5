package org.ctstream.model.engine.auto;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.ctstream.model.classify.Availability;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.ClassifierFactory;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.EngineDescription;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.classify.Prediction;
import org.ctstream.model.classify.SliceBatch;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.StoredRelease;
import org.jspecify.annotations.Nullable;

/** An engine of a given name that is there or not, opens or not, works or not, and takes the time it is told to. */
public final class FakeEngine implements ClassifierFactory {
    private final String name;
    private final List<FakeClassifier> opened = new ArrayList<>();
    private @Nullable String missing;
    private @Nullable RuntimeException onOpening;
    private @Nullable RuntimeException onClassifying;
    private long nanosPerSlice;

    public FakeEngine(String name) {
        this.name = name;
    }

    FakeEngine missing(String reason) {
        missing = reason;
        return this;
    }

    FakeEngine failsToOpenWith(RuntimeException failure) {
        onOpening = failure;
        return this;
    }

    FakeEngine failsToClassifyWith(RuntimeException failure) {
        onClassifying = failure;
        return this;
    }

    FakeEngine takesMillisPerSlice(int millis) {
        nanosPerSlice = millis * 1_000_000L;
        return this;
    }

    Candidate on(Device device) {
        return new Candidate(name, this, device);
    }

    /** How many were opened so far. */
    int opened() {
        return opened.size();
    }

    /** How many of them are open. */
    long open() {
        return opened.stream().filter(classifier -> !classifier.closed).count();
    }

    @Override
    public Classifier open(StoredRelease release, EngineOptions options) {
        if (onOpening != null) {
            throw onOpening;
        }
        var classifier = new FakeClassifier(release.release(), options);
        opened.add(classifier);
        return classifier;
    }

    @Override
    public Availability availability(Device device) {
        return missing == null
                ? new Availability.Available("1", "fake")
                : new Availability.Missing(missing, "install " + name);
    }

    private final class FakeClassifier implements Classifier {
        private final ModelRelease release;
        private final EngineOptions options;
        private boolean closed;

        FakeClassifier(ModelRelease release, EngineOptions options) {
            this.release = release;
            this.options = options;
        }

        @Override
        public List<Prediction> classify(SliceBatch batch) {
            if (onClassifying != null) {
                throw onClassifying;
            }
            LockSupport.parkNanos(nanosPerSlice * batch.size());
            return Collections.nCopies(batch.size(), new Prediction.Scored(0.5));
        }

        @Override
        public ModelRelease release() {
            return release;
        }

        @Override
        public EngineDescription engine() {
            return new EngineDescription(name, options.device(), "1", 1);
        }

        @Override
        public int maxBatchSize() {
            return options.maxBatch();
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
