package org.ctstream.sink.drift;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where embeddings lie that others are compared with: their mean direction, and how like it each of them is. Nothing of a
 * single image can be told from it.
 *
 * @param mean the mean direction, as shares of its largest value in 127ths, -127 to 127
 * @param edges cosines of the angle to the mean of the others that divide the embeddings into {@link Bins#COUNT} parts of the
 *     same number, in ascending order
 * @param likeness how many embeddings lie between which edges
 */
public record EmbeddingReference(List<Integer> mean, List<Double> edges, Bins likeness) {
    /** Values of the longest embedding there may be. */
    private static final int LONGEST = 4_096;

    private static final int LARGEST = 127;

    public EmbeddingReference {
        boolean isDirection = mean.stream().allMatch(value -> Math.abs(value) <= LARGEST)
                && mean.stream().anyMatch(value -> value != 0);
        if (mean.size() > LONGEST || !isDirection) {
            throw new IllegalArgumentException("mean direction of " + mean.size() + " values (expected: 1 to " + LONGEST
                    + " of -127 to 127, not all 0)");
        }
        if (edges.size() != Bins.COUNT - 1
                || !edges.equals(edges.stream().sorted().toList())) {
            throw new IllegalArgumentException(
                    edges.size() + " edges (expected: " + (Bins.COUNT - 1) + " in ascending order)");
        }
        mean = List.copyOf(mean);
        edges = List.copyOf(edges);
    }

    /**
     * Of embeddings of the same weights.
     *
     * @param embeddings two or more, all of the same length, none all zeros; only their directions count
     */
    public static EmbeddingReference of(List<byte[]> embeddings) {
        double[] sum = new double[embeddings.get(0).length];
        for (byte[] embedding : embeddings) {
            add(sum, embedding, 1 / length(embedding));
        }
        double[] likeness = embeddings.stream()
                .mapToDouble(embedding -> likenessToOthers(embedding, sum))
                .sorted()
                .toArray();
        List<Double> edges = IntStream.range(1, Bins.COUNT)
                .mapToObj(part -> likeness[part * likeness.length / Bins.COUNT])
                .toList();
        return new EmbeddingReference(direction(sum), edges, Bins.between(edges, likeness));
    }

    /**
     * How like the mean these are, to be compared with {@link #likeness}.
     *
     * @param embeddings as {@link #of} wants them; of another length than the mean they are of other weights
     */
    Bins likenessOf(List<byte[]> embeddings) {
        double meanLength = Math.sqrt(
                mean.stream().mapToDouble(value -> (double) value * value).sum());
        double[] direction = mean.stream().mapToDouble(Integer::doubleValue).toArray();
        return Bins.between(
                edges,
                embeddings.stream()
                        .mapToDouble(embedding -> product(direction, embedding) / meanLength / length(embedding))
                        .toArray());
    }

    /** Its own share of the mean would make each embedding a little more like it than any other is. */
    private static double likenessToOthers(byte[] embedding, double[] sum) {
        double[] others = sum.clone();
        add(others, embedding, -1 / length(embedding));
        double length =
                Math.sqrt(Arrays.stream(others).map(value -> value * value).sum());
        return length == 0 ? 0 : product(others, embedding) / length / length(embedding);
    }

    private static List<Integer> direction(double[] sum) {
        double largest = Arrays.stream(sum).map(Math::abs).max().orElseThrow();
        return Arrays.stream(sum)
                .mapToObj(value -> (int) Math.round(value / largest * LARGEST))
                .toList();
    }

    private static void add(double[] sum, byte[] embedding, double factor) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * embedding[i];
        }
    }

    private static double product(double[] one, byte[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    private static double length(byte[] embedding) {
        int square = 0;
        for (byte value : embedding) {
            square += value * value;
        }
        return Math.sqrt(square);
    }
}
