package org.ctstream.cli.quantize;

import java.util.Locale;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.EngineDescription;
import org.ctstream.model.graph.quantized.Scheme;
import org.ctstream.trainer.evaluate.Evaluation;
import org.ctstream.trainer.evaluate.Scores;

/**
 * The float release and the INT8 one on the same images, by the same engine.
 *
 * @param original what the float release said
 * @param quantized what the INT8 one said, in the same order
 * @param threshold of both
 * @param originalMillis median time the float release took for a slice
 * @param quantizedMillis the same of the INT8 one, measured in turn
 */
record Comparison(
        Scores original,
        Scores quantized,
        double threshold,
        EngineDescription engine,
        double originalMillis,
        double quantizedMillis) {

    Evaluation originalEvaluation() {
        return Evaluation.of(original, threshold);
    }

    Evaluation quantizedEvaluation() {
        return Evaluation.of(quantized, threshold);
    }

    /** How much area under the curve is lost; negative if some is won, NaN if the images do not determine it. */
    double aucDrop() {
        return originalEvaluation().auc() - quantizedEvaluation().auc();
    }

    /** For people: the engine, and which of the two schemes of integers it computes with. */
    String measuredWith() {
        Scheme scheme = engine.device().equals(Device.CPU) ? Scheme.ASYMMETRIC : Scheme.SYMMETRIC;
        return "engine " + engine.engine() + " on " + engine.device() + ", "
                + scheme.name().toLowerCase(Locale.ROOT) + " integers";
    }

    /** Images that are called otherwise. */
    int flips() {
        int flips = 0;
        for (int i = 0; i < original.size(); i++) {
            flips += (original.probability(i) >= threshold) == (quantized.probability(i) >= threshold) ? 0 : 1;
        }
        return flips;
    }

    double largestDifference() {
        double largest = 0;
        for (int i = 0; i < original.size(); i++) {
            largest = Math.max(largest, Math.abs(original.probability(i) - quantized.probability(i)));
        }
        return largest;
    }

    double meanDifference() {
        double sum = 0;
        for (int i = 0; i < original.size(); i++) {
            sum += Math.abs(original.probability(i) - quantized.probability(i));
        }
        return sum / original.size();
    }

    /** How many times as fast the INT8 release is. */
    double speedRatio() {
        return originalMillis / quantizedMillis;
    }
}
