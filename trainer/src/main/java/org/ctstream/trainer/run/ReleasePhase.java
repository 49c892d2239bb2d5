package org.ctstream.trainer.run;

import java.util.Comparator;
import java.util.List;
import org.ctstream.trainer.phase.PhaseKind;

/** Which phase's weights are released. */
final class ReleasePhase {
    private ReleasePhase() {}

    /** @param best the one with the best validation AUC, instead of the last */
    static FinishedPhase of(List<FinishedPhase> finished, boolean best) {
        List<FinishedPhase> classifying = finished.stream()
                .filter(phase -> phase.settings().kind() == PhaseKind.CLASSIFICATION)
                .toList();
        if (classifying.isEmpty()) {
            throw new RunException("no phase of the run classifies, so there is nothing to release; add "
                    + TrainKeys.FINE_TUNE + " or " + TrainKeys.CLASSIFY + " to " + TrainKeys.PHASES);
        }
        if (!best) {
            return classifying.get(classifying.size() - 1);
        }
        return classifying.stream()
                .max(Comparator.comparingDouble(ReleasePhase::auc))
                .orElseThrow();
    }

    /** A validation list of one class has no AUC, which must not win. */
    private static double auc(FinishedPhase phase) {
        double auc = phase.progress().bestAuc();
        return Double.isNaN(auc) ? -1 : auc;
    }
}
