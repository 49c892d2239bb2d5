package org.ctstream.model.classify;

import java.util.OptionalDouble;

/** What a network said about one slice: a probability, or nothing that can be used. */
public sealed interface Prediction {

    /** Probability of the positive class, 0 to 1 inclusive; empty if the network's output was not finite. */
    OptionalDouble probability();

    /** The prediction for a two-class network's logits; {@link NotFinite} if either is NaN or infinite. */
    static Prediction ofLogits(float negative, float positive) {
        if (!Float.isFinite(negative) || !Float.isFinite(positive)) {
            return new NotFinite(negative, positive);
        }
        // Softmax over two classes, written so that no large exponential is taken.
        return new Scored(1 / (1 + Math.exp((double) negative - positive)));
    }

    /**
     * A usable prediction.
     *
     * @param value probability of the positive class, 0 to 1 inclusive
     */
    record Scored(double value) implements Prediction {
        public Scored {
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException("a probability is from 0 to 1, found " + value);
            }
        }

        @Override
        public OptionalDouble probability() {
            return OptionalDouble.of(value);
        }
    }

    /**
     * The network answered NaN or an infinity for this slice; the other slices of the batch are not concerned.
     *
     * @param negative logit of the negative class
     * @param positive logit of the positive class
     */
    record NotFinite(float negative, float positive) implements Prediction {
        @Override
        public OptionalDouble probability() {
            return OptionalDouble.empty();
        }
    }
}
