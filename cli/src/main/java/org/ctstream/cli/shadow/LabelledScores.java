package org.ctstream.cli.shadow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ctstream.trainer.evaluate.Evaluation;
import org.ctstream.trainer.evaluate.Scores;

/** What both releases said of the same labelled scans, in the same order. */
record LabelledScores(Scores candidate, Scores production, Evaluation ofCandidate, Evaluation ofProduction) {

    /**
     * Of the scans on which both decided and that have a label; an original counts once, under however many scan ids it came.
     *
     * @param positive whether the original of that digest is positive
     * @return empty if there are none
     */
    static Optional<LabelledScores> of(
            List<Compared> compared,
            Map<String, Boolean> positive,
            double candidateThreshold,
            double productionThreshold) {
        List<Double> candidates = new ArrayList<>();
        List<Double> productions = new ArrayList<>();
        List<Boolean> labels = new ArrayList<>();
        var open = new HashMap<>(positive);
        for (Compared scan : compared) {
            Boolean label = scan.isDecided() ? open.remove(scan.key().digest()) : null;
            if (label != null) {
                candidates.add(scan.candidate().probability());
                productions.add(scan.production().probability());
                labels.add(label);
            }
        }
        if (labels.isEmpty()) {
            return Optional.empty();
        }
        Scores candidate = Scores.of(candidates, labels);
        Scores production = Scores.of(productions, labels);
        return Optional.of(new LabelledScores(
                candidate,
                production,
                Evaluation.of(candidate, candidateThreshold),
                Evaluation.of(production, productionThreshold)));
    }
}
