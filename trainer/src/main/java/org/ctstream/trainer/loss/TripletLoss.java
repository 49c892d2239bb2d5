package org.ctstream.trainer.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * Triplet loss on squared Euclidean distances: mean of {@code max(0, |a-p|² - |a-n|² + margin)}.
 *
 * @param margin by how much the negative must be farther away than the positive, positive
 * @see "Schroff et al., FaceNet, CVPR 2015, equation 1"
 */
public record TripletLoss(float margin) {
    private static final int EMBEDDING_AXIS = 1;

    public TripletLoss {
        if (!(margin > 0)) {
            throw new IllegalArgumentException("the triplet loss needs a positive margin, found " + margin);
        }
    }

    /**
     * The loss of triplets.
     *
     * @param embeddings float32 (N, D), rows of length 1
     * @param triplets at least one
     * @return scalar
     */
    public NDArray of(NDArray embeddings, Triplets triplets) {
        try (NDArray anchors = rows(embeddings, triplets.anchors());
                NDArray positives = rows(embeddings, triplets.positives());
                NDArray negatives = rows(embeddings, triplets.negatives());
                NDArray toPositive = squaredDistance(anchors, positives);
                NDArray toNegative = squaredDistance(anchors, negatives);
                NDArray difference = toPositive.sub(toNegative);
                NDArray withMargin = difference.add(margin);
                NDArray hinged = withMargin.getNDArrayInternal().relu()) {
            return hinged.mean();
        }
    }

    private static NDArray rows(NDArray embeddings, int[] rows) {
        NDManager manager = embeddings.getManager();
        long[] indexes = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            indexes[i] = rows[i];
        }
        try (NDArray index = manager.create(indexes)) {
            return embeddings.get(index);
        }
    }

    private static NDArray squaredDistance(NDArray left, NDArray right) {
        try (NDArray difference = left.sub(right);
                NDArray squared = difference.square()) {
            return squared.sum(new int[] {EMBEDDING_AXIS});
        }
    }
}
