package org.ctstream.trainer.plot;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.ctstream.trainer.history.EpochRecord;
import org.jspecify.annotations.Nullable;

/**
 * The best epoch of a run by one value, the earliest of equals.
 *
 * @param epoch null if the value was never measured
 * @param value NaN then
 */
record Best(@Nullable EpochRecord epoch, double value, boolean onlyPhase) {

    static Best auc(List<EpochRecord> epochs) {
        return of(epochs, EpochRecord::validationAuc, Comparator.reverseOrder());
    }

    /** Losses of different phases do not compare: the best of the last phase. */
    static Best loss(List<EpochRecord> epochs) {
        List<Phases.Phase> phases = Phases.of(epochs);
        int from = phases.isEmpty() ? 0 : phases.get(phases.size() - 1).from();
        Best best = of(epochs.subList(from, epochs.size()), EpochRecord::validationLoss, Comparator.naturalOrder());
        return new Best(best.epoch, best.value, phases.size() < 2);
    }

    private static Best of(List<EpochRecord> epochs, ToDoubleFunction<EpochRecord> value, Comparator<Double> order) {
        boolean onlyPhase = Phases.of(epochs).size() < 2;
        return epochs.stream()
                .filter(epoch -> Double.isFinite(value.applyAsDouble(epoch)))
                .min(Comparator.comparing(value::applyAsDouble, order))
                .map(epoch -> new Best(epoch, value.applyAsDouble(epoch), onlyPhase))
                .orElse(new Best(null, Double.NaN, onlyPhase));
    }

    boolean isKnown() {
        return epoch != null;
    }

    /** Value and where it was reached. */
    String text() {
        EpochRecord where = Objects.requireNonNull(epoch);
        String number = String.format(Locale.ROOT, "%.3f", value);
        return onlyPhase
                ? number + " (epoch " + where.epoch() + ")"
                : number + " (" + where.phase() + ", its epoch " + where.epoch() + ")";
    }
}
