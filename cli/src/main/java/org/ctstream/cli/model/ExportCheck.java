package org.ctstream.cli.model;

import java.nio.file.Path;
import org.ctstream.cli.CliException;
import org.ctstream.imaging.phantom.PhantomSlices;
import org.ctstream.imaging.slice.SliceNormalizer;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.classify.SliceBatch;
import org.ctstream.model.engine.Engines;
import org.ctstream.model.engine.measure.Parity;
import org.ctstream.model.onnx.OnnxFileClassifier;
import org.ctstream.model.onnx.OnnxModel;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.StoredRelease;

/** Whether a written file says what its release says. */
final class ExportCheck {
    private static final int SLICES = 8;
    /** Of the slices before they are normalised. */
    private static final int SIDE = 256;

    private ExportCheck() {}

    /** What the comparison found, and what it may find. */
    record Result(Parity.Report report, double tolerance) {}

    /** @throws CliException if the file's predictions differ by more than the precision allows */
    static Result of(Path file, OnnxModel model, StoredRelease stored, EngineOptions options) {
        double tolerance = Parity.tolerance(model.options().precision());
        ModelRelease release = stored.release();
        try (Classifier reference = Engines.standard().named("pytorch").open(stored, options);
                Classifier written = new OnnxFileClassifier(file, model, release)) {
            var parity = new Parity(reference, written);
            int step = Math.min(SLICES, written.maxBatchSize());
            for (int seed = 0; seed < SLICES; seed += step) {
                parity.add(phantoms(release, seed, Math.min(step, SLICES - seed)));
            }
            Parity.Report report = parity.report();
            if (!report.within(tolerance)) {
                throw CliException.failure(
                        "The file of release " + release.id() + " was not kept: its probabilities differ from the"
                                + " PyTorch engine's by up to " + report.maxDifference() + ", allowed " + tolerance
                                + "; choose another --precision or --target",
                        null);
            }
            return new Result(report, tolerance);
        }
    }

    private static SliceBatch phantoms(ModelRelease release, int firstSeed, int count) {
        var batch = new SliceBatch(count, release.height(), release.width());
        for (int seed = firstSeed; seed < firstSeed + count; seed++) {
            var slice = new PhantomSlices(SIDE).generate(seed, seed % 2 == 0).toGreySlice();
            batch.add(new SliceNormalizer().normalize(slice, release.height()).pixels());
        }
        return batch;
    }
}
