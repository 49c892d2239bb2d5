package org.ctstream.cli.engine;

import java.util.ArrayList;
import java.util.List;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.EngineDescription;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.engine.measure.Contestant;
import org.ctstream.model.release.StoredRelease;

/** Engines that have the same release open, for measuring them in turn; closed together. For one thread. */
final class OpenEngines implements AutoCloseable {
    private final List<Contestant> contestants = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();

    /** Opens one more, or notes why it cannot be. */
    void add(EngineTarget target, StoredRelease release, EngineOptions options) {
        try {
            add(target.open(release, options));
        } catch (ClassifierException | IllegalArgumentException | LinkageError e) {
            refusals.add(target + ": " + e.getMessage());
        }
    }

    /** Takes over one that is open. */
    void add(Classifier classifier) {
        contestants.add(new Contestant(name(classifier.engine()), classifier));
    }

    List<Contestant> contestants() {
        return List.copyOf(contestants);
    }

    /** Those that could not be opened, with the reason. */
    List<String> refusals() {
        return List.copyOf(refusals);
    }

    @Override
    public void close() {
        contestants.forEach(contestant -> contestant.classifier().close());
    }

    private static String name(EngineDescription engine) {
        return engine.engine() + " on " + engine.device();
    }
}
