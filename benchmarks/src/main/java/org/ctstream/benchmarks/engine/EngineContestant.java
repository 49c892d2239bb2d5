package org.ctstream.benchmarks.engine;

import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.EngineDescription;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.classify.SliceBatch;
import org.ctstream.model.release.StoredRelease;

/** An engine of this product. */
final class EngineContestant implements Contestant {
    private final String name;
    private final Classifier classifier;

    EngineContestant(String name, String engine, StoredRelease release, EngineOptions options) {
        this.name = name;
        this.classifier = LocalEngines.ALL.named(engine).open(release, options);
    }

    /** How it runs, by its own account. */
    EngineDescription description() {
        return classifier.engine();
    }

    /** For the conditions of a run. */
    String text() {
        return classifier.engine().text();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void run(SliceBatch batch) {
        classifier.classify(batch);
    }

    @Override
    public void close() {
        classifier.close();
    }
}
