package org.ctstream.model.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * What a {@link ChestGate} knows of chest CT slices: means, spreads and correlations of {@link SliceFeatures} over many of
 * them. No slice can be made of it again: 46 coarse numbers are known only as sums over all slices.
 *
 * <p>In a file: JSON, these names.
 *
 * @param name by which results call it, as {@code chest-ct-1}: lower-case letters, digits and dashes, at most 40
 * @param features how many features it was fitted to; must be {@link SliceFeatures#COUNT}
 * @param threshold the largest distance at which a slice counts as chest CT, above 0
 * @param refusedShare share of the slices it was fitted to, of the source it fits worst, that the threshold refuses, 0 to 1
 * @param spread standard deviation of each feature within a source, above 0
 * @param correlation correlations of the features within a source, shrunken towards none; the lower triangle with its
 *     diagonal of ones, row by row
 * @param sources one or more kinds of slices that count as chest CT
 */
public record GateParameters(
        String name,
        int features,
        double threshold,
        double refusedShare,
        List<Double> spread,
        List<Double> correlation,
        List<Source> sources) {
    /** Far more than a file of parameters has. */
    private static final int MOST_BYTES = 1 << 20;

    private static final int MOST_SOURCES = 100;

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(SerializationFeature.INDENT_OUTPUT);

    /**
     * Slices that are alike: of one collection, or of one kind.
     *
     * @param name for people
     * @param slices how many there were, at least 1
     * @param mean of each feature
     */
    public record Source(String name, int slices, List<Double> mean) {
        public Source {
            mean = numbers("mean of " + name, mean, SliceFeatures.COUNT);
            check(slices >= 1, "source " + name + " has " + slices + " slices (expected: at least 1)");
        }
    }

    public GateParameters {
        check(
                name.matches("[a-z0-9-]{1,40}"),
                "the name is '" + name + "' (expected: 1 to 40 lower-case letters, digits and dashes)");
        check(
                features == SliceFeatures.COUNT,
                "fitted to " + features + " features, and this program measures " + SliceFeatures.COUNT
                        + "; fit it again with this program");
        check(threshold > 0 && Double.isFinite(threshold), "threshold " + threshold + " (expected: above 0)");
        check(refusedShare >= 0 && refusedShare <= 1, "refusedShare " + refusedShare + " (expected: 0 to 1)");
        spread = numbers("spread", spread, SliceFeatures.COUNT);
        check(spread.stream().allMatch(value -> value > 0), "a spread is not above 0");
        correlation = numbers("correlation", correlation, SliceFeatures.COUNT * (SliceFeatures.COUNT + 1) / 2);
        check(
                !sources.isEmpty() && sources.size() <= MOST_SOURCES,
                sources.size() + " sources (expected: 1 to " + MOST_SOURCES + ")");
        sources = List.copyOf(sources);
    }

    /**
     * Reads parameters.
     *
     * @throws IOException if it is not readable, larger than 1 MiB or not what {@link #write} writes; the message says what
     *     is wrong
     */
    public static GateParameters read(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new IOException("it has more than " + MOST_BYTES + " bytes");
        }
        try {
            return JSON.readValue(bytes, GateParameters.class);
        } catch (JsonProcessingException e) {
            throw new IOException("it is not a file of gate parameters: " + e.getOriginalMessage(), e);
        }
    }

    /** As a file's content. */
    public byte[] write() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Numbers and names can always be written", e);
        }
    }

    private static List<Double> numbers(String what, List<Double> numbers, int expected) {
        check(
                numbers.size() == expected && numbers.stream().allMatch(Double::isFinite),
                what + " has " + numbers.size() + " numbers (expected: " + expected + ", all finite)");
        return List.copyOf(numbers);
    }

    private static void check(boolean good, String otherwise) {
        if (!good) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
