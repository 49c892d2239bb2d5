package org.ctstream.cli.shadow;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How two releases' labels agree over the scans on which both decided, and how often one could not.
 *
 * @param flipsToPositive production said NEGATIVE, the candidate POSITIVE
 * @param flipsToNegative production said POSITIVE, the candidate NEGATIVE
 * @param candidateIndeterminate production decided, the candidate could not
 * @param productionIndeterminate production could not decide, whatever the candidate said
 */
record Agreement(
        long bothPositive,
        long bothNegative,
        long flipsToPositive,
        long flipsToNegative,
        long candidateIndeterminate,
        long productionIndeterminate) {

    static Agreement of(List<Compared> compared) {
        long bothPositive = 0;
        long bothNegative = 0;
        long toPositive = 0;
        long toNegative = 0;
        long candidateUndecided = 0;
        long productionUndecided = 0;
        for (Compared scan : compared) {
            if (!scan.production().isDecided()) {
                productionUndecided++;
            } else if (!scan.candidate().isDecided()) {
                candidateUndecided++;
            } else if (scan.isFlip()) {
                toPositive += scan.candidate().isPositive() ? 1 : 0;
                toNegative += scan.candidate().isPositive() ? 0 : 1;
            } else {
                bothPositive += scan.candidate().isPositive() ? 1 : 0;
                bothNegative += scan.candidate().isPositive() ? 0 : 1;
            }
        }
        return new Agreement(
                bothPositive, bothNegative, toPositive, toNegative, candidateUndecided, productionUndecided);
    }

    /** On which both decided. */
    @JsonProperty
    long scans() {
        return agreements() + flips();
    }

    @JsonProperty
    long agreements() {
        return bothPositive + bothNegative;
    }

    @JsonProperty
    long flips() {
        return flipsToPositive + flipsToNegative;
    }

    /** Share of {@link #scans} on which both say the same; null if there are none. */
    @JsonProperty
    @Nullable
    Double share() {
        return scans() == 0 ? null : agreements() / (double) scans();
    }

    /**
     * Agreement beyond what the releases' shares of positives make by chance; 1 is all, 0 no more than chance. Null if
     * there is nothing to agree on: no scans, or both said the same one thing of all.
     *
     * @see "J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20 (1960)"
     */
    @JsonProperty
    @Nullable
    Double kappa() {
        double scans = scans();
        double candidatePositive = (bothPositive + flipsToPositive) / scans;
        double productionPositive = (bothPositive + flipsToNegative) / scans;
        double byChance = candidatePositive * productionPositive + (1 - candidatePositive) * (1 - productionPositive);
        double kappa = (agreements() / scans - byChance) / (1 - byChance);
        return Double.isFinite(kappa) ? kappa : null;
    }
}
