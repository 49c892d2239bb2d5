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
        if (probabilities.isEmpty()) {
            return Double.NaN;
        }
        boolean[] classes = new boolean[positives.size()];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = positives.get(i);
        }
        return Auc.of(new Scores(
                probabilities.stream().mapToDouble(Double::doubleValue).toArray(), classes));
    }
}
