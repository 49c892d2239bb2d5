package org.ctstream.sink.drift;

import java.util.ArrayList;
import java.util.List;

/**
 * How far one distribution of probabilities is from another.
 *
 * <p>The population stability index (PSI; Siddiqi, Credit Risk Scorecards, 2006) is the symmetric Kullback-Leibler divergence
 * of their shares: below 0.1 nothing has changed by the usual reading, above 0.25 much has. It is taken over groups
 * of bins that hold about a tenth of the reference each, so that empty bins do not decide. From few results it is above 0 by chance alone: in
 * the long run it is distributed as chi-squared times (1/n + 1/m) (Yurdakul 2018); what chance exceeds once in twenty
 * times is given beside it, and counts as nothing.
 *
 * @param reference results of the reference
 * @param psi population stability index, 0 or more
 * @param psiByChance what the index exceeds once in twenty times although nothing has changed
 * @param ks Kolmogorov-Smirnov distance at the edges of the {@link Bins}: largest difference of the cumulative
 *     shares, 0 to 1
 * @param state what that means
 */
public record Comparison(long reference, double psi, double psiByChance, double ks, State state) {
    private static final double SOME = 0.1;
    private static final double MUCH = 0.25;
    private static final double LEAST_SHARE = 0.1;
    /** Added to each count, so that a bin that nothing fell into has a logarithm. */
    private static final double PRIOR = 0.5;
    /** 95 % quantile of the normal distribution. */
    private static final double NORMAL_95 = 1.6449;

    /** What a comparison says. */
    public enum State {
        /** Below 0.1, or no more than chance does. */
        STEADY(0),
        /** From 0.1 to 0.25. */
        SHIFTING(1),
        /** Above 0.25. */
        SHIFTED(2);

        private final int level;

        State(int level) {
            this.level = level;
        }

        /** As the meters tell it. */
        int level() {
            return level;
        }
    }

    /**
     * Compares.
     *
     * @throws IllegalArgumentException if one of them is empty
     */
    public static Comparison of(Bins reference, Bins now) {
        if (reference.total() == 0 || now.total() == 0) {
            throw new IllegalArgumentException("nothing to compare: " + reference.total()
                    + " results of the reference, " + now.total() + " now (expected: at least 1 each)");
        }
        List<Integer> edges = edges(reference);
        double psi = psi(sums(reference, edges), sums(now, edges));
        double chance = chiSquared95(edges.size() - 1) * (1.0 / reference.total() + 1.0 / now.total());
        return new Comparison(reference.total(), psi, chance, ks(reference, now), state(psi, chance));
    }

    private static State state(double psi, double chance) {
        if (psi < SOME || psi <= chance) {
            return State.STEADY;
        }
        return psi <= MUCH ? State.SHIFTING : State.SHIFTED;
    }

    /**
     * Ends, exclusive, of groups of bins that hold a tenth of the reference or more. A bin that holds as much alone is a
     * group of its own, and what lies before and behind it another, however little that is: what was never seen there
     * must not be taken for it.
     */
    private static List<Integer> edges(Bins reference) {
        List<Integer> edges = new ArrayList<>();
        double least = LEAST_SHARE * reference.total();
        long group = 0;
        int begin = 0;
        for (int bin = 0; bin < Bins.COUNT; bin++) {
            long count = reference.counts().get(bin);
            if (count >= least && bin > begin) {
                edges.add(bin);
                begin = bin;
                group = 0;
            }
            group += count;
            if (group >= least) {
                edges.add(bin + 1);
                begin = bin + 1;
                group = 0;
            }
        }
        if (begin < Bins.COUNT) {
            edges.add(Bins.COUNT);
        }
        return edges;
    }

    private static double[] sums(Bins bins, List<Integer> edges) {
        double[] sums = new double[edges.size()];
        int bin = 0;
        for (int group = 0; group < sums.length; group++) {
            for (; bin < edges.get(group); bin++) {
                sums[group] += bins.counts().get(bin);
            }
        }
        return sums;
    }

    /** Over counts of the same groups; package-private for what can be worked out by hand. */
    static double psi(double[] reference, double[] now) {
        double ofReference = total(reference);
        double ofNow = total(now);
        double psi = 0;
        for (int i = 0; i < reference.length; i++) {
            double expected = (reference[i] + PRIOR) / ofReference;
            double found = (now[i] + PRIOR) / ofNow;
            psi += (found - expected) * Math.log(found / expected);
        }
        return psi;
    }

    private static double total(double[] counts) {
        double total = 0;
        for (double count : counts) {
            total += count + PRIOR;
        }
        return total;
    }

    private static double ks(Bins reference, Bins now) {
        double largest = 0;
        double ofReference = 0;
        double ofNow = 0;
        for (int bin = 0; bin < Bins.COUNT; bin++) {
            ofReference += (double) reference.counts().get(bin) / reference.total();
            ofNow += (double) now.counts().get(bin) / now.total();
            largest = Math.max(largest, Math.abs(ofReference - ofNow));
        }
        return largest;
    }

    /** Wilson and Hilferty's approximation; 0 for no degree of freedom. */
    static double chiSquared95(int degrees) {
        if (degrees == 0) {
            return 0;
        }
        double part = 2.0 / (9 * degrees);
        return degrees * Math.pow(1 - part + NORMAL_95 * Math.sqrt(part), 3);
    }
}
