package org.ctstream.trainer.checkpoint;

/**
 * How far a phase is.
 *
 * @param phase name of the phase
 * @param settings text of the settings it runs with: a phase is resumed with the same ones only
 * @param epoch epochs done
 * @param updates updates of the weights done
 * @param bestEpoch epoch of the best validation AUC so far, 0 if none
 * @param bestAuc that AUC, NaN if none
 * @param bestLoss validation loss of that epoch, NaN if none
 * @param finished whether no epoch is left to do
 */
public record Progress(
        String phase,
        String settings,
        int epoch,
        long updates,
        int bestEpoch,
        double bestAuc,
        double bestLoss,
        boolean finished) {
    /** Before the first epoch. */
    public static Progress begin(String phase, String settings) {
        return new Progress(phase, settings, 0, 0, 0, Double.NaN, Double.NaN, false);
    }

    /**
     * Whether these validation figures beat the best so far: a larger AUC, or the same with a smaller loss. Where
     * validation has one class only, no AUC is a number, and the loss decides.
     */
    public boolean isBeatenBy(double auc, double loss) {
        if (bestEpoch == 0) {
            return true;
        }
        return auc > bestAuc || (Double.compare(auc, bestAuc) == 0 && loss < bestLoss);
    }

    public Progress afterEpoch(long updatesDone, double auc, double loss) {
        boolean better = isBeatenBy(auc, loss);
        return new Progress(
                phase,
                settings,
                epoch + 1,
                updatesDone,
                better ? epoch + 1 : bestEpoch,
                better ? auc : bestAuc,
                better ? loss : bestLoss,
                false);
    }

    public Progress finish() {
        return new Progress(phase, settings, epoch, updates, bestEpoch, bestAuc, bestLoss, true);
    }
}
