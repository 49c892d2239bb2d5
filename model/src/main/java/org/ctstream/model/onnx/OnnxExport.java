package org.ctstream.model.onnx;

import java.util.List;
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
     * changes nothing but rounding.
     *
     * @throws org.ctstream.model.weights.WeightsException if the weights cannot be read or are not this architecture's
     * @throws IllegalArgumentException if the architecture is not known, or cannot be written for slices of this size
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
                        release.standardDeviation()));
        for (Rewrite rewrite : rewrites(options)) {
            graph = rewrite.apply(graph);
        }
        return new OnnxModel(graph, options);
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
                        new NormalizationAsConvolution());
        };
    }
}
