package org.ctstream.model.gate;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Fits a gate's parameters: a mean for each source, and one covariance of what differs within the sources that count for it,
 * each source with the same weight. Correlations are shrunken towards none, so that a direction in which few slices differ
 * does not decide alone. The threshold comes from slices the fit has not seen (five folds).
 */
public final class GateFit {
    /** Fewer slices say too little about how 46 features go together. */
    public static final int FEWEST_SLICES = 100;

    private static final double SHRINKAGE = 0.05;
    private static final double LEAST_SPREAD = 1e-6;
    private static final int FOLDS = 5;
    private static final int DIGITS = 7;

    private GateFit() {}

    /**
     * Slices that are alike.
     *
     * @param name for people
     * @param real whether they say how slices differ; made ones, which differ too little, only say where they are
     * @param features {@link SliceFeatures} of each
     */
    public record Source(String name, boolean real, List<double[]> features) {
        public Source {
            features = List.copyOf(features);
        }

        private Source without(int fold) {
            return new Source(
                    name,
                    real,
                    IntStream.range(0, features.size())
                            .filter(i -> i % FOLDS != fold)
                            .mapToObj(features::get)
                            .toList());
        }
    }

    /**
     * Fits.
     *
     * @param refusedShare share of the slices of the real source that fits worst that may be refused, above 0 and below 1
     * @throws IllegalArgumentException if no source is real, or one has fewer than {@link #FEWEST_SLICES} slices
     */
    public static GateParameters fit(String name, List<Source> sources, double refusedShare) {
        if (!(refusedShare > 0 && refusedShare < 1)) {
            throw new IllegalArgumentException("refused share " + refusedShare + " (expected: above 0, below 1)");
        }
        for (Source source : sources) {
            if (source.features().size() < FEWEST_SLICES) {
                throw new IllegalArgumentException("source " + source.name() + " has "
                        + source.features().size() + " slices (expected: at least " + FEWEST_SLICES + ")");
            }
        }
        double threshold = 0;
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i).real()) {
                threshold = Math.max(threshold, unseenQuantile(name, sources, i, 1 - refusedShare));
            }
        }
        if (threshold == 0) {
            throw new IllegalArgumentException("no source has real slices (expected: at least one)");
        }
        return parameters(name, sources, threshold, refusedShare);
    }

    private static double unseenQuantile(String name, List<Source> sources, int judged, double quantile) {
        List<double[]> features = sources.get(judged).features();
        double[] distances = new double[features.size()];
        for (int fold = 0; fold < FOLDS; fold++) {
            List<Source> others = new ArrayList<>(sources);
            others.set(judged, sources.get(judged).without(fold));
            var gate = new ChestGate(parameters(name, others, 1, 0));
            for (int i = fold; i < distances.length; i += FOLDS) {
                distances[i] = gate.distance(features.get(i));
            }
        }
        Arrays.sort(distances);
        return distances[(int) Math.ceil(distances.length * quantile) - 1];
    }

    private static GateParameters parameters(String name, List<Source> sources, double threshold, double refusedShare) {
        int count = SliceFeatures.COUNT;
        double[][] covariance = new double[count][count];
        List<GateParameters.Source> known = new ArrayList<>();
        int real = 0;
        for (Source source : sources) {
            double[] mean = mean(source.features());
            known.add(new GateParameters.Source(source.name(), source.features().size(), rounded(mean)));
            if (source.real()) {
                real++;
                addCovariance(source.features(), mean, covariance);
            }
        }
        double[] spread = new double[count];
        for (int i = 0; i < count; i++) {
            spread[i] = Math.max(LEAST_SPREAD, Math.sqrt(covariance[i][i] / real));
        }
        double[] triangle = new double[count * (count + 1) / 2];
        int at = 0;
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < i; j++) {
                triangle[at++] = covariance[i][j] / real / spread[i] / spread[j] * (1 - SHRINKAGE);
            }
            triangle[at++] = 1;
        }
        return new GateParameters(
                name, count, rounded(threshold), refusedShare, rounded(spread), rounded(triangle), known);
    }

    private static double[] mean(List<double[]> features) {
        double[] mean = new double[SliceFeatures.COUNT];
        for (double[] slice : features) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += slice[i] / features.size();
            }
        }
        return mean;
    }

    private static void addCovariance(List<double[]> features, double[] mean, double[][] covariance) {
        for (double[] slice : features) {
            for (int i = 0; i < mean.length; i++) {
                for (int j = 0; j <= i; j++) {
                    covariance[i][j] += (slice[i] - mean[i]) * (slice[j] - mean[j]) / features.size();
                }
            }
        }
    }

    private static List<Double> rounded(double[] numbers) {
        return Arrays.stream(numbers).mapToObj(GateFit::rounded).toList();
    }

    /** As many digits as matter, so that the file is small and the same on every machine. */
    private static double rounded(double number) {
        return new BigDecimal(number).round(new MathContext(DIGITS)).doubleValue();
    }
}
