package org.ctstream.cli.model;

import java.nio.file.Path;
import org.ctstream.cli.CliException;
import org.ctstream.imaging.phantom.PhantomSlices;
import org.ctstream.imaging.slice.SliceNormalizer;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.classify.SliceBatch;
import org.ctstream.model.engine.Engines;
import org.ctstream.model.engine.measure.Parity;
import org.ctstream.model.engine.onnxruntime.OnnxFileClassifier;
import org.ctstream.model.graph.quantized.Ranges;
import org.ctstream.model.onnx.OnnxModel;
import org.ctstream.model.onnx.Target;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.weights.SafeTensors;
import org.ctstream.model.weights.WeightsException;

/**
 * Whether a written file says what its release says. A float release is compared with PyTorch; an INT8 release, which PyTorch
 * refuses, with ONNX Runtime's own engine on the processor.
 */
final class ExportCheck {
    private static final int SLICES = 8;
    /** Of the slices before they are normalised. */
    private static final int SIDE = 256;
    /** The symmetric integers of GPUs are others than those the engine computes with: only gross errors show. */
    private static final double TOLERANCE_OF_ANOTHER_SCHEME = 0.1;

    private ExportCheck() {}

    /**
     * What the comparison found, and what it may find.
     *
     * @param reference name of the engine the file was compared with
     */
    record Result(Parity.Report report, double tolerance, String reference) {}

    /** @throws CliException if the file's predictions differ by more than is allowed, or cannot be compared */
    static Result of(Path file, OnnxModel model, StoredRelease stored, EngineOptions options) {
        ModelRelease release = stored.release();
        try {
            boolean int8 = Ranges.areIn(SafeTensors.read(stored.weights()));
            double tolerance = int8 && model.options().target() == Target.GPU
                    ? TOLERANCE_OF_ANOTHER_SCHEME
                    : Parity.tolerance(model.options().precision());
            String reference = int8 ? "onnxruntime" : "pytorch";
            Parity.Report report = compare(reference, file, model, stored, options.withDevice(Device.CPU));
            report.objection(tolerance).ifPresent(why -> {
                throw CliException.failure(
                        "The file of release " + release.id() + " was not kept: compared with the engine " + reference
                                + ", " + why + "; choose another --precision or --target",
                        null);
            });
            return new Result(report, tolerance, reference);
        } catch (IllegalArgumentException | ClassifierException | WeightsException e) {
            throw CliException.failure(
                    "The file of release " + release.id() + " was not kept, because it cannot be checked: "
                            + e.getMessage(),
                    e);
        }
    }

    private static Parity.Report compare(
            String engine, Path file, OnnxModel model, StoredRelease stored, EngineOptions options) {
        ModelRelease release = stored.release();
        try (Classifier reference = Engines.standard().named(engine).open(stored, options);
                Classifier written = new OnnxFileClassifier(file, model, release)) {
            var parity = new Parity(reference, written);
            int step = Math.min(SLICES, written.maxBatchSize());
            for (int seed = 0; seed < SLICES; seed += step) {
                parity.add(phantoms(release, seed, Math.min(step, SLICES - seed)));
            }
            return parity.report();
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
