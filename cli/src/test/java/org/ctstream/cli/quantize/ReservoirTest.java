package org.ctstream.cli.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReservoirTest {
    private static final int SIDE = 2;

    @Test
    void keepsAsManyAsAskedForOutOfAllThatPass() {
        int[] kept = new int[100];
        var reservoir = new Reservoir(10, SIDE, pixels -> true);
        for (int i = 0; i < kept.length; i++) {
            reservoir.offer(SIDE, SIDE, slice(i));
        }

        reservoir.sample().slices().forEach(slice -> kept[slice[0]]++);

        assertThat(reservoir.sample().slices()).hasSize(10);
        assertThat(kept).containsOnly(0, 1);
        assertThat(reservoir.sample().slices())
                .anyMatch(slice -> slice[0] >= 50)
                .anyMatch(slice -> slice[0] < 50);
    }

    @Test
    void slicesThatAreLeftOutDoNotMakeTheLaterOnesRarer() {
        var reservoir = new Reservoir(20, SIDE, pixels -> pixels[0] >= 80);
        for (int i = 0; i < 120; i++) {
            reservoir.offer(SIDE, SIDE, slice(i));
        }

        // 40 pass: half of the later 20 is expected to be kept; counting the others too, a fifth.
        assertThat(reservoir.sample().slices().stream().filter(slice -> slice[0] >= 100))
                .hasSizeBetween(7, 13);
    }

    @Test
    void leavesOutWhatIsThereTwiceUnwantedOrOfAnotherSize() {
        var reservoir = new Reservoir(10, SIDE, pixels -> pixels[0] != 3);
        reservoir.offer(SIDE, SIDE, slice(1));
        reservoir.offer(SIDE, SIDE, slice(1));
        reservoir.offer(SIDE, SIDE, slice(3));
        reservoir.offer(1, 4, slice(4));
        reservoir.refuse();

        CalibrationSlices.Sample sample = reservoir.sample();

        assertThat(sample.slices()).containsExactly(slice(1));
        assertThat(sample.unwanted()).isEqualTo(2);
        assertThat(sample.unusable()).isEqualTo(2);
    }

    private static byte[] slice(int first) {
        return new byte[] {(byte) first, 0, 0, 0};
    }
}
