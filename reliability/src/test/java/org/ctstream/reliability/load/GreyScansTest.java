package org.ctstream.reliability.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.ctstream.benchmarks.input.NormalizedSlices;
import org.junit.jupiter.api.Test;

class GreyScansTest {
    @Test
    void thereAreDarkOnesAndBrightOnesForEveryThreshold() {
        var slices = NormalizedSlices.of(GreyScans.of(8));

        assertThat(slices.get(0).statistics().mean()).isLessThan(40);
        assertThat(slices.get(7).statistics().mean()).isGreaterThan(215);
    }
}
