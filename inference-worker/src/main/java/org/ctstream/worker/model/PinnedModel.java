package org.ctstream.worker.model;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.release.ReleaseException;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.worker.predict.EnginePipeline;

/** The release the configuration names, whatever is announced. */
public final class PinnedModel implements ModelSource {
    private final ReleaseId id;
    private final ReleaseOpener opener;
    private final ServingReport report;

    public PinnedModel(ReleaseId id, ReleaseOpener opener, ServingReport report) {
        this.id = id;
        this.opener = opener;
        this.report = report;
    }

    @Override
    public Optional<EnginePipeline> start(
            Function<Supplier<Classifier>, EnginePipeline> start, BooleanSupplier stopping) {
        StoredRelease release;
        try {
            release = opener.fetch(id);
        } catch (ReleaseException e) {
            throw ReleaseOpener.fatal(e);
        }
        EnginePipeline engine = start.apply(opener.openingOrFatal(release));
        report.serving(engine, id, "pinned by the configuration; releases that are announced are not looked at");
        return Optional.of(engine);
    }

    @Override
    public void close() {
        // Nothing runs: a pinned release is never replaced.
    }
}
