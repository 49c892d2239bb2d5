package org.ctstream.model.gate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Tells slices that are not like chest CT slices by the Mahalanobis distance of their {@link SliceFeatures} to the nearest
 * of the sources it knows, all with one covariance (Lee et al. 2018, "A Simple Unified Framework for Detecting
 * Out-of-Distribution Samples and Adversarial Attacks", there with features of a network).
 *
 * <p>It says how a slice looks, not what is in it: a chest it does not refuse may be any chest, and other pictures that are
 * dark and bright in the same places pass.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class ChestGate {
    /** The parameters this program brings along. */
    private static final String BUNDLED = "chest-ct-1.json";

    private final GateParameters parameters;
    private final double[][] means;
    private final double[] spread;
    private final CholeskyFactor factor;

    /** @throws IllegalArgumentException if the correlations are of no real numbers */
    public ChestGate(GateParameters parameters) {
        this.parameters = parameters;
        this.means = parameters.sources().stream()
                .map(source -> array(source.mean()))
                .toArray(double[][]::new);
        this.spread = array(parameters.spread());
        this.factor = CholeskyFactor.of(array(parameters.correlation()), SliceFeatures.COUNT);
    }

    /** The gate this program brings along; which slices it was fitted to stands in docs/decisions/0024. */
    public static ChestGate bundled() {
        try (InputStream in = ChestGate.class.getResourceAsStream(BUNDLED)) {
            if (in == null) {
                throw new IllegalStateException("The resource " + BUNDLED + " is missing in this build");
            }
            return new ChestGate(GateParameters.read(in));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the resource " + BUNDLED, e);
        }
    }

    /**
     * The gate of a file.
     *
     * @throws IllegalArgumentException if it cannot be read or is no gate; the message names the file and says why
     */
    public static ChestGate read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new ChestGate(GateParameters.read(in));
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Cannot use " + file + " as a gate's parameters: " + e.getMessage()
                            + "; make them with \"ctstream model gate fit\"",
                    e);
        }
    }

    public GateParameters parameters() {
        return parameters;
    }

    /** Whether slices of these sides can be judged; others are never refused. */
    public static boolean measures(int height, int width) {
        return height == SliceFeatures.SIDE && width == SliceFeatures.SIDE;
    }

    /**
     * Judges a slice.
     *
     * @param pixels as {@link SliceFeatures#of} wants them
     */
    public GateVerdict judge(ByteBuffer pixels) {
        double distance = isConstant(pixels) ? Double.POSITIVE_INFINITY : distance(SliceFeatures.of(pixels));
        return new GateVerdict(distance, parameters.threshold(), parameters.name());
    }

    /** Distance of a slice's features to the nearest source, in standard deviations. */
    double distance(double[] features) {
        double nearest = Double.POSITIVE_INFINITY;
        double[] apart = new double[features.length];
        for (double[] mean : means) {
            for (int i = 0; i < apart.length; i++) {
                apart[i] = (features[i] - mean[i]) / spread[i];
            }
            nearest = Math.min(nearest, factor.squaredLength(apart));
        }
        return Math.sqrt(nearest);
    }

    private static boolean isConstant(ByteBuffer pixels) {
        byte first = pixels.get(pixels.position());
        for (int i = pixels.position() + 1; i < pixels.limit(); i++) {
            if (pixels.get(i) != first) {
                return false;
            }
        }
        return true;
    }

    private static double[] array(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
