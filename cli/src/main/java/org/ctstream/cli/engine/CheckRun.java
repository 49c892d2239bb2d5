package org.ctstream.cli.engine;

import java.util.List;
import java.util.function.Consumer;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.classify.SliceBatch;
import org.ctstream.model.engine.measure.Parity;
import org.ctstream.model.release.StoredRelease;
import org.jspecify.annotations.Nullable;

/** Compares engines with the reference, one after the other. */
final class CheckRun {
    private final StoredRelease release;
    private final Classifier reference;
    private final List<SliceBatch> batches;
    private final @Nullable Double tolerance;
    private final Consumer<String> progress;

    /**
     * @param reference stays open
     * @param tolerance largest difference of a probability; null for the one of the engine's precision
     * @param progress is told what is done
     */
    CheckRun(
            StoredRelease release,
            Classifier reference,
            List<SliceBatch> batches,
            @Nullable Double tolerance,
            Consumer<String> progress) {
        this.release = release;
        this.reference = reference;
        this.batches = batches;
        this.tolerance = tolerance;
        this.progress = progress;
    }

    CheckRow check(EngineTarget target, EngineOptions options) {
        double allowed = tolerance == null ? Parity.tolerance(options.precision()) : tolerance;
        progress.accept(target + ": loading");
        try (Classifier candidate = target.open(release, options)) {
            var parity = new Parity(reference, candidate);
            int done = 0;
            for (SliceBatch batch : batches) {
                parity.add(batch);
                done += batch.size();
                progress.accept(target + ": " + done + " slices compared");
            }
            return CheckRow.compared(candidate.engine(), parity.report(), allowed);
        } catch (IllegalArgumentException e) {
            return CheckRow.not(target, "refused", allowed, String.valueOf(e.getMessage()));
        } catch (ClassifierException | LinkageError e) {
            return CheckRow.not(target, "failed", allowed, String.valueOf(e.getMessage()));
        }
    }
}
