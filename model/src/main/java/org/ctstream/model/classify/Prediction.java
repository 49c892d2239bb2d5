package org.ctstream.model.classify;

import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What a network said about one slice: a probability, or nothing that can be used. */
public sealed interface Prediction {

    /** Probability of the positive class, 0 to 1 inclusive; empty if the network's output was not finite. */
    OptionalDouble probability();

    /** Where the network saw it; empty if the engine or the network has no such map, or the output was not finite. */
    default Optional<Heatmap> heatmap() {
        return Optional.empty();
    }

    /** Where the network puts the slice among all; empty if the engine or the network has none, or the output was not finite. */
    default Optional<Embedding> embedding() {
        return Optional.empty();
    }

    /** The prediction for a two-class network's logits; {@link NotFinite} if either is NaN or infinite. */
    static Prediction ofLogits(float negative, float positive) {
        return ofLogits(negative, positive, null, null);
    }

    /** The same with the map of the positive class and the embedding, if there are any. */
    static Prediction ofLogits(
            float negative, float positive, @Nullable Heatmap heatmap, @Nullable Embedding embedding) {
        if (!Float.isFinite(negative) || !Float.isFinite(positive)) {
            return new NotFinite(negative, positive);
        }
        // Softmax over two classes, written so that no large exponential is taken.
        return new Scored(1 / (1 + Math.exp((double) negative - positive)), heatmap, embedding);
    }

    /**
     * A usable prediction.
     *
     * @param value probability of the positive class, 0 to 1 inclusive
     * @param map where the network saw it; null if there is no such map
     * @param features where the network puts the slice; null if there is no embedding
     */
    record Scored(
            double value, @Nullable Heatmap map, @Nullable Embedding features) implements Prediction {
        /** Without a map and an embedding. */
        public Scored(double value) {
            this(value, null, null);
        }

        /** Without an embedding. */
        public Scored(double value, @Nullable Heatmap map) {
            this(value, map, null);
        }

        public Scored {
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException("a probability is from 0 to 1, found " + value);
            }
        }

        @Override
        public OptionalDouble probability() {
            return OptionalDouble.of(value);
        }

        @Override
        public Optional<Heatmap> heatmap() {
            return Optional.ofNullable(map);
        }

        @Override
        public Optional<Embedding> embedding() {
            return Optional.ofNullable(features);
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
