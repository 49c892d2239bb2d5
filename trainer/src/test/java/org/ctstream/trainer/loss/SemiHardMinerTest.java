package org.ctstream.trainer.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/** Embeddings on a line, so that every squared distance is plain to see. */
class SemiHardMinerTest {
    private final SemiHardMiner miner = new SemiHardMiner(0.5f);

    @Test
    void nearestNegativeBehindThePositiveAndWithinTheMarginIsTaken() {
        // From the anchor 0: positive 0.16 away; negatives 0.04 (nearer), 0.36, 0.49 (both semi-hard), 4.
        float[][] line = {{0}, {0.4f}, {-0.2f}, {-0.7f}, {-0.6f}, {-2}};
        boolean[] positives = {true, true, false, false, false, false};

        Triplets triplets = miner.mine(line, positives);

        assertThat(triplets.anchors()[0]).isZero();
        assertThat(triplets.positives()[0]).isEqualTo(1);
        assertThat(triplets.negatives()[0]).isEqualTo(4);
    }

    @Test
    void everyOrderedPairOfOneClassGivesOneTriplet() {
        // 0 and 1 are 0.01 apart, their negatives 1 and 0.81 away from them: beyond the margin, so the farthest.
        float[][] line = {{0}, {0.1f}, {1}, {1.1f}};
        boolean[] positives = {true, true, false, false};

        assertThat(miner.mine(line, positives))
                .isEqualTo(new Triplets(new int[] {0, 1, 2, 3}, new int[] {1, 0, 3, 2}, new int[] {3, 3, 0, 0}));
    }

    @Test
    void whereAllNegativesAreNearerThanThePositiveTheFarthestOfThemIsTaken() {
        float[][] line = {{0}, {1}, {0.1f}, {0.3f}};
        boolean[] positives = {true, true, false, false};

        Triplets triplets = miner.mine(line, positives);

        assertThat(triplets.negatives()[0]).isEqualTo(3);
    }

    @Test
    void oneClassOrOneImageOfEachGivesNone() {
        assertThat(miner.mine(new float[][] {{0}, {1}, {2}}, new boolean[] {true, true, true})
                        .count())
                .isZero();
        assertThat(miner.mine(new float[][] {{0}, {1}}, new boolean[] {true, false})
                        .count())
                .isZero();
    }

    @Test
    void tripletsOfUnequalLengthAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Triplets(new int[1], new int[2], new int[1]))
                .withMessageContaining("1, 2 and 1");
    }
}
