package org.ctstream.trainer.loss;

import java.util.ArrayList;
import java.util.List;

/**
 * Picks triplets out of a batch by the distances as they are: for every pair of one class the nearest embedding of the
 * other class that is farther than the positive but within the margin; where there is none, the farthest one.
 *
 * @see "Schroff et al., FaceNet, CVPR 2015, section 3.2"
 */
public final class SemiHardMiner {
    private final float margin;

    public SemiHardMiner(float margin) {
        this.margin = margin;
    }

    /**
     * Triplets of a batch; none if it has one class only, or one image of each.
     *
     * @param embeddings one row per image
     * @param positives the images' classes
     */
    public Triplets mine(float[][] embeddings, boolean[] positives) {
        int count = embeddings.length;
        List<int[]> triplets = new ArrayList<>();
        for (int anchor = 0; anchor < count; anchor++) {
            for (int positive = 0; positive < count; positive++) {
                if (positive != anchor && positives[positive] == positives[anchor]) {
                    int negative = negativeFor(embeddings, positives, anchor, positive);
                    if (negative >= 0) {
                        triplets.add(new int[] {anchor, positive, negative});
                    }
                }
            }
        }
        return new Triplets(column(triplets, 0), column(triplets, 1), column(triplets, 2));
    }

    private int negativeFor(float[][] embeddings, boolean[] positives, int anchor, int positive) {
        double toPositive = SquaredDistance.of(embeddings[anchor], embeddings[positive]);
        int semiHard = -1;
        double nearest = toPositive + margin;
        int easiest = -1;
        double farthest = -1;
        for (int other = 0; other < embeddings.length; other++) {
            if (positives[other] == positives[anchor]) {
                continue;
            }
            double distance = SquaredDistance.of(embeddings[anchor], embeddings[other]);
            if (distance > toPositive && distance < nearest) {
                semiHard = other;
                nearest = distance;
            }
            if (distance > farthest) {
                easiest = other;
                farthest = distance;
            }
        }
        return semiHard >= 0 ? semiHard : easiest;
    }

    private static int[] column(List<int[]> triplets, int index) {
        return triplets.stream().mapToInt(triplet -> triplet[index]).toArray();
    }
}
