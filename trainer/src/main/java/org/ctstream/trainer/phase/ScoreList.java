package org.ctstream.trainer.phase;

import java.util.ArrayList;
import java.util.List;
import org.ctstream.trainer.evaluate.Auc;
import org.ctstream.trainer.evaluate.Scores;

/** Probabilities and classes as they come in. */
final class ScoreList {
    private final List<Double> probabilities = new ArrayList<>();
    private final List<Boolean> positives = new ArrayList<>();

    /** @throws DivergedException if the probability is not a number: the weights have run away */
    void add(double probability, boolean positive) {
        if (Double.isNaN(probability)) {
            throw new DivergedException();
        }
        probabilities.add(probability);
        positives.add(positive);
    }

    int size() {
        return probabilities.size();
    }

    /** Area under the ROC curve, NaN without images of both classes. */
    double auc() {
        return probabilities.isEmpty() ? Double.NaN : Auc.of(Scores.of(probabilities, positives));
    }
}
