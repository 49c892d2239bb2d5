package org.ctstream.model.engine.measure;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.Embedding;
import org.ctstream.model.classify.Heatmap;
import org.ctstream.model.classify.Precision;
import org.ctstream.model.classify.Prediction;
import org.ctstream.model.classify.SliceBatch;

/**
 * How far a classifier's predictions are from a reference's, summed up batch by batch.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 */
public final class Parity {
    /**
     * How many times as far apart as the probabilities the places of heatmaps may be, whose scale each map sets itself, and
     * the cosine of two embeddings be below 1: 1e-3 in float32, 5e-2 in half precision.
     */
    private static final double FACTOR = 10;

    private final Classifier reference;
    private final Classifier candidate;
    private int slices;
    private int compared;
    private int flips;
    private int unlike;
    private double sum;
    private double largest;
    private int heatmaps;
    private int unlikeHeatmaps;
    private double largestInHeatmap;
    private int embeddings;
    private double leastSimilarity = 1;

    /** @param reference whose threshold decides on labels; both are left open */
    public Parity(Classifier reference, Classifier candidate) {
        this.reference = reference;
        this.candidate = candidate;
    }

    /** The largest difference of a probability that an engine of this precision may have. */
    public static double tolerance(Precision precision) {
        return precision == Precision.FP16 ? 5e-3 : 1e-4;
    }

    /**
     * Has both classify a batch.
     *
     * @throws org.ctstream.model.classify.ClassifierException if one of them fails
     */
    public void add(SliceBatch batch) {
        List<Prediction> expected = reference.classify(batch);
        List<Prediction> found = candidate.classify(batch);
        for (int i = 0; i < batch.size(); i++) {
            compare(expected.get(i), found.get(i));
        }
    }

    private void compare(Prediction expected, Prediction found) {
        slices++;
        OptionalDouble one = expected.probability();
        OptionalDouble other = found.probability();
        if (one.isEmpty() || other.isEmpty()) {
            unlike += one.isEmpty() == other.isEmpty() ? 0 : 1;
            return;
        }
        compared++;
        double difference = Math.abs(one.getAsDouble() - other.getAsDouble());
        sum += difference;
        largest = Math.max(largest, difference);
        double threshold = reference.release().threshold();
        flips += one.getAsDouble() >= threshold == other.getAsDouble() >= threshold ? 0 : 1;
        compare(expected.heatmap(), found.heatmap());
        if (expected.embedding().isPresent() && found.embedding().isPresent()) {
            embeddings++;
            leastSimilarity = Math.min(
                    leastSimilarity,
                    expected.embedding().get().similarity(found.embedding().get()));
        }
    }

    private void compare(Optional<Heatmap> expected, Optional<Heatmap> found) {
        if (expected.isEmpty() || found.isEmpty()) {
            unlikeHeatmaps += expected.isEmpty() == found.isEmpty() ? 0 : 1;
            return;
        }
        Heatmap one = expected.get();
        Heatmap other = found.get();
        if (one.rows() != other.rows() || one.columns() != other.columns()) {
            unlikeHeatmaps++;
            return;
        }
        heatmaps++;
        for (int i = 0; i < one.values().size(); i++) {
            largestInHeatmap = Math.max(
                    largestInHeatmap,
                    Math.abs(one.values().get(i) - other.values().get(i)));
        }
    }

    /** What was found so far. */
    public Report report() {
        return new Report(
                slices,
                compared,
                compared == 0 ? 0 : largest,
                compared == 0 ? 0 : sum / compared,
                flips,
                unlike,
                heatmaps,
                unlikeHeatmaps,
                largestInHeatmap,
                embeddings,
                leastSimilarity);
    }

    /**
     * What a comparison found.
     *
     * @param slices how many both classified
     * @param compared slices for which both had a finite output
     * @param maxDifference largest difference of a probability
     * @param meanDifference mean difference of the probabilities
     * @param labelFlips slices that are on different sides of the release's threshold
     * @param unlikeNotFinite slices for which one of the two had no finite output and the other had
     * @param heatmaps slices for which both gave a heatmap of the same size
     * @param unlikeHeatmaps slices for which only one gave a heatmap, or both gave one and of another size
     * @param maxHeatmapDifference largest difference of a place of a heatmap; 0 if there is none
     * @param embeddings slices for which both gave an embedding; not every engine does
     * @param minSimilarity least similarity of two embeddings of one slice, see {@link Embedding#similarity}; 1 if there is none
     */
    public record Report(
            int slices,
            int compared,
            double maxDifference,
            double meanDifference,
            int labelFlips,
            int unlikeNotFinite,
            int heatmaps,
            int unlikeHeatmaps,
            double maxHeatmapDifference,
            int embeddings,
            double minSimilarity) {

        /**
         * True if something was compared, no probability is further apart than that, no place of a heatmap and no cosine of
         * embeddings from 1 further than ten times that, and nothing but an embedding is missing on one side.
         */
        public boolean within(double tolerance) {
            return objection(tolerance).isEmpty();
        }

        /** Why the two are not the same within the tolerance, as a clause; empty if they are. */
        public Optional<String> objection(double tolerance) {
            if (unlikeNotFinite > 0) {
                return Optional.of("only one of the two had a finite output for " + unlikeNotFinite + " slices");
            }
            if (compared == 0) {
                return Optional.of("nothing was compared: none of the " + slices + " slices had a finite output");
            }
            if (!(maxDifference <= tolerance)) {
                return Optional.of(
                        "probabilities differ by up to " + number(maxDifference) + ", allowed " + number(tolerance));
            }
            if (unlikeHeatmaps > 0) {
                return Optional.of(
                        "heatmaps of " + unlikeHeatmaps + " slices are there on one side only or of another size");
            }
            if (!(maxHeatmapDifference <= FACTOR * tolerance)) {
                return Optional.of("heatmaps differ by up to " + number(maxHeatmapDifference) + ", allowed "
                        + number(FACTOR * tolerance));
            }
            if (!(1 - minSimilarity <= FACTOR * tolerance)) {
                return Optional.of("embeddings have a cosine down to " + number(minSimilarity) + ", allowed "
                        + number(1 - FACTOR * tolerance));
            }
            return Optional.empty();
        }

        private static String number(double value) {
            return String.format(Locale.ROOT, "%.2g", value);
        }
    }
}
