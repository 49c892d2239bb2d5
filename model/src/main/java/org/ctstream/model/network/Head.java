package org.ctstream.model.network;

/**
 * From a backbone's features to an embedding: three linear layers with ReLU between them, then L2 normalisation, so that
 * distances between embeddings lie from 0 to 2. (N, features) to (N, {@value #EMBEDDING}), rows of length 1.
 */
final class Head extends Layer implements Differentiable {
    /** Length of an embedding. */
    static final int EMBEDDING = 512;

    private static final int HIDDEN = 1024;
    /** Keeps a row of zeros from being divided by zero. */
    private static final double LEAST_LENGTH = 1e-12;

    private final Dense linear1;
    private final Dense linear2;
    private final Dense linear3;

    Head(long features) {
        linear1 = addChildBlock("linear1", new Dense(features, HIDDEN));
        linear2 = addChildBlock("linear2", new Dense(HIDDEN, HIDDEN));
        linear3 = addChildBlock("linear3", new Dense(HIDDEN, EMBEDDING));
    }

    @Override
    Value apply(Value x) {
        try (Value first = Layers.activated(linear1, x);
                Value second = Layers.activated(linear2, first);
                Value embedding = linear3.apply(second)) {
            return embedding.withUnitRows(LEAST_LENGTH);
        }
    }

    /** Back through the normalisation, what points along the embedding itself has no effect; the length divides all. */
    @Override
    public Value inputGradient(Value x, Value outputGradient) {
        try (Value first = Layers.activated(linear1, x);
                Value second = Layers.activated(linear2, first);
                Value sums = linear3.apply(second);
                Value embedding = sums.withUnitRows(LEAST_LENGTH);
                Value products = embedding.times(outputGradient);
                Value along = products.rowSums();
                Value without = embedding.times(along);
                Value across = outputGradient.minus(without);
                Value intoThird = linear3.inputGradient(second, across);
                Value intoSecond = throughRelu(second, intoThird, linear2)) {
            return throughRelu(first, intoSecond, linear1);
        }
    }

    private static Value throughRelu(Value activated, Value gradient, Dense linear) {
        try (Value open = activated.sign();
                Value passed = gradient.times(open)) {
            return linear.inputGradient(activated, passed);
        }
    }
}
