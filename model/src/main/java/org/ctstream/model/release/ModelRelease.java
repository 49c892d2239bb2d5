package org.ctstream.model.release;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What there is to know about a model besides its weights: the release's manifest.
 *
 * @param name name of the line of releases, see {@link ReleaseId}
 * @param version version within it, see {@link ReleaseId}
 * @param description one or two sentences for people
 * @param architecture name of the network, for example {@code densenet169}
 * @param sha256 SHA-256 of the weights file, 64 lower-case hexadecimal digits
 * @param height rows of the slices it wants
 * @param width columns of the slices it wants
 * @param mean mean per input channel, of pixels scaled to 0..1; three values
 * @param standardDeviation standard deviation per input channel, of pixels scaled to 0..1; three positive values
 * @param classes names of the network's outputs in order; the second is the positive class
 * @param threshold probability from which on the positive class is said, inclusive, 0 to 1
 * @param trained false if no training made the weights: their probabilities mean nothing and must be shown so
 * @param metrics results of the evaluation by name
 * @param lineage what it was made from
 * @param createdAt when it was made
 */
public record ModelRelease(
        String name,
        String version,
        String description,
        String architecture,
        String sha256,
        int height,
        int width,
        List<Double> mean,
        List<Double> standardDeviation,
        List<String> classes,
        double threshold,
        boolean trained,
        Map<String, Double> metrics,
        Lineage lineage,
        Instant createdAt) {
    /** Input channels of every published architecture. */
    public static final int CHANNELS = 3;

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final int LARGEST_SIDE = 4096;

    public ModelRelease {
        ReleaseId id = new ReleaseId(name, version);
        require(description, id, "description");
        require(architecture, id, "architecture");
        require(sha256, id, "sha256");
        require(lineage, id, "lineage");
        require(createdAt, id, "createdAt");
        check(SHA256.matcher(sha256).matches(), id, "sha256", "64 lower-case hexadecimal digits", sha256);
        check(height >= 1 && height <= LARGEST_SIDE, id, "height", "1 to " + LARGEST_SIDE, height);
        check(width >= 1 && width <= LARGEST_SIDE, id, "width", "1 to " + LARGEST_SIDE, width);
        mean = List.copyOf(mean);
        check(mean.size() == CHANNELS && mean.stream().allMatch(Double::isFinite), id, "mean", "three numbers", mean);
        standardDeviation = List.copyOf(standardDeviation);
        check(
                standardDeviation.size() == CHANNELS
                        && standardDeviation.stream().allMatch(value -> value > 0 && Double.isFinite(value)),
                id,
                "standardDeviation",
                "three positive numbers",
                standardDeviation);
        classes = List.copyOf(classes);
        check(classes.size() == 2, id, "classes", "two names, the positive one second", classes);
        check(threshold >= 0 && threshold <= 1, id, "threshold", "a number from 0 to 1", threshold);
        metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
    }

    /** Name and version. */
    public ReleaseId id() {
        return new ReleaseId(name, version);
    }

    /** A manifest's JSON may have null in any place. */
    private static void require(Object value, ReleaseId id, String field) {
        Objects.requireNonNull(value, () -> "release " + id + ": " + field + " must not be null");
    }

    private static void check(boolean holds, ReleaseId id, String field, String expected, Object found) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "release " + id + ": " + field + " must be " + expected + ", found " + found);
        }
    }
}
