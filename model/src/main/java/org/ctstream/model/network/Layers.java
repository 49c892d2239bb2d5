package org.ctstream.model.network;

/** Steps the networks share; each closes what it makes on the way and not its input. */
final class Layers {
    private Layers() {}

    /** Normalisation, then ReLU. */
    static Value normalizedRelu(Layer normalization, Value x) {
        try (Value normalized = normalization.apply(x)) {
            return normalized.relu();
        }
    }

    /** Normalisation, ReLU, convolution: the order in which DenseNet composes them. */
    static Value preActivated(Layer normalization, Layer convolution, Value x) {
        try (Value activated = normalizedRelu(normalization, x)) {
            return convolution.apply(activated);
        }
    }

    /** Convolution, then normalisation: the order in which ResNet composes them. */
    static Value normalized(Layer convolution, Layer normalization, Value x) {
        try (Value convolved = convolution.apply(x)) {
            return normalization.apply(convolved);
        }
    }

    /** Convolution, normalisation, ReLU. */
    static Value activated(Layer convolution, Layer normalization, Value x) {
        try (Value normalized = normalized(convolution, normalization, x)) {
            return normalized.relu();
        }
    }

    /** A layer, then ReLU. */
    static Value activated(Layer layer, Value x) {
        try (Value result = layer.apply(x)) {
            return result.relu();
        }
    }

    /** A linear layer behind dropout, if its probability is positive. */
    static Value linear(Dense linear, double dropout, Value x) {
        if (dropout == 0) {
            return linear.apply(x);
        }
        try (Value dropped = x.dropped(dropout)) {
            return linear.apply(dropped);
        }
    }
}
