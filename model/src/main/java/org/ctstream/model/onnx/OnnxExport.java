package org.ctstream.model.onnx;

import java.util.List;
import java.util.Optional;
import org.ctstream.model.classify.Precision;
import org.ctstream.model.graph.FoldedNormalization;
import org.ctstream.model.graph.Graph;
import org.ctstream.model.graph.HalfPrecision;
import org.ctstream.model.graph.NormalizationAsConvolution;
import org.ctstream.model.graph.NormalizationAsProduct;
import org.ctstream.model.graph.OneInputChannel;
import org.ctstream.model.graph.PoolingFirst;
import org.ctstream.model.graph.Port;
import org.ctstream.model.graph.Rewrite;
import org.ctstream.model.graph.SplitConcatenation;
import org.ctstream.model.graph.quantized.QuantizedConvolutions;
import org.ctstream.model.graph.quantized.Ranges;
import org.ctstream.model.graph.quantized.Scheme;
import org.ctstream.model.network.Networks;
import org.ctstream.model.network.Recording;
import org.ctstream.model.network.SliceInput;
import org.ctstream.model.network.StagedNetwork;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.weights.SafeTensors;
import org.ctstream.model.weights.Weights;

/** Writes releases as ONNX. */
public final class OnnxExport {
    private OnnxExport() {}

    /**
     * Writes a release as ONNX: its network with its weights, standardisation inside, rewritten to be cheaper where that
     * changes nothing but rounding. An INT8 release is written with its integers.
     *
     * @throws org.ctstream.model.weights.WeightsException if the weights cannot be read or are not this architecture's
     * @throws IllegalArgumentException if the architecture is not known, or cannot be written for slices of this size, or
     *     half precision is asked of an INT8 release
     */
    public static OnnxModel of(StoredRelease stored, OnnxOptions options) {
        ModelRelease release = stored.release();
        return of(
                Networks.named(release.architecture(), release.classes().size()),
                release,
                SafeTensors.read(stored.weights()),
                options);
    }

    /** The same for a network and weights that are at hand. */
    public static OnnxModel of(StagedNetwork network, ModelRelease release, Weights weights, OnnxOptions options) {
        long batch = options.batch().isPresent() ? options.batch().getAsInt() : Port.ANY;
        Graph graph = Recording.of(
                network,
                weights,
                new SliceInput(
                        options.input(),
                        batch,
                        release.height(),
                        release.width(),
                        release.mean(),
                        release.standardDeviation()),
                options.embedding());
        Optional<Ranges> ranges = Ranges.of(weights);
        for (Rewrite rewrite : ranges.isPresent() ? int8(release, ranges.get(), options) : rewrites(options)) {
            graph = rewrite.apply(graph);
        }
        return new OnnxModel(graph, options);
    }

    /** The rewrites of an INT8 release: those that the ranges were measured behind, then integers. */
    private static List<Rewrite> int8(ModelRelease release, Ranges ranges, OnnxOptions options) {
        if (options.precision() != Precision.FP32) {
            throw new IllegalArgumentException("release " + release.id() + " is an INT8 release, and "
                    + options.precision() + " was asked for; its own precision is part of it: ask for FP32, which is"
                    + " that of what is not in integers");
        }
        Scheme scheme = options.target() == Target.GPU ? Scheme.SYMMETRIC : Scheme.ASYMMETRIC;
        return List.of(
                new OneInputChannel(),
                new FoldedNormalization(),
                new PoolingFirst(),
                new QuantizedConvolutions(ranges, scheme));
    }

    private static List<Rewrite> rewrites(OnnxOptions options) {
        if (options.precision() == Precision.FP16) {
            // A variance may lie below half precision's range; the factor made of it does not.
            return List.of(
                    new OneInputChannel(),
                    new FoldedNormalization(),
                    new PoolingFirst(),
                    new NormalizationAsProduct(),
                    new HalfPrecision());
        }
        return switch (options.target()) {
            case PLAIN -> List.of();
            case GPU -> List.of(new OneInputChannel(), new FoldedNormalization(), new PoolingFirst());
            case CPU ->
                List.of(
                        new OneInputChannel(),
                        new FoldedNormalization(),
                        new PoolingFirst(),
                        new NormalizationAsConvolution(),
                        new SplitConcatenation());
        };
    }
}
