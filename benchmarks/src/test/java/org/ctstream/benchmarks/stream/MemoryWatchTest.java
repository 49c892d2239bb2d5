package org.ctstream.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryWatchTest {
    private static final long THIS_PROCESS = ProcessHandle.current().pid();

    @Test
    void memoryOfARunningProcessIsFollowedAndToldAsATable() {
        var watch = new MemoryWatch(THIS_PROCESS, "steps");
        for (int i = 1; i <= 20; i++) {
            watch.note(i);
        }

        assertThat(watch.growth(4)).isBetween(-0.5, 0.5);
        assertThat(watch.table(4, 10).markdown())
                .contains("Slope after the first 4.00 steps", "MiB per 10.0 steps", "| steps | RSS, MiB |");
    }
}
