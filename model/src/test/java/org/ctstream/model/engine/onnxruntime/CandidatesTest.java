package org.ctstream.model.engine.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.EngineOptions;
import org.junit.jupiter.api.Test;

class CandidatesTest {
    private final EngineOptions free = EngineOptions.defaults();

    @Test
    void twoProcessorsWorkOnOneSliceTogetherOrOnTwoAlone() {
        assertThat(texts(free, 2)).containsExactly("1x2x1", "1x2x4", "2x1x1", "2x1x4");
    }

    @Test
    void manyProcessorsMayAlsoBeHalfAsManyCores() {
        assertThat(texts(free, 8))
                .containsExactly(
                        "1x8x1", "1x8x4", "4x2x1", "4x2x4", "8x1x1", "8x1x4", "1x4x1", "1x4x4", "4x1x1", "4x1x4");
    }

    @Test
    void threadsThatAreSetAreAllUsed() {
        assertThat(texts(free.withThreads(8), 2)).containsExactly("1x8x1", "1x8x4", "4x2x1", "4x2x4", "8x1x1", "8x1x4");
    }

    @Test
    void settingsLeaveNoChoice() {
        assertThat(texts(free.withThreads(6).withSessions(2).withSlicesPerRun(3), 2))
                .containsExactly("2x3x3");
        assertThat(texts(free.withThreads(1).withMaxBatch(1), 8)).containsExactly("1x1x1");
        assertThat(texts(free.withSessions(3).withSlicesPerRun(1), 2)).containsExactly("3x1x1");
    }

    @Test
    void batchesOfOneSliceAreNotDivided() {
        assertThat(texts(free.withMaxBatch(1), 2)).containsExactly("1x2x1");
    }

    @Test
    void runsAndTheirSlicesAreNoMoreThanABatchHas() {
        assertThat(texts(free.withMaxBatch(5), 8))
                .containsExactly("1x8x1", "1x8x4", "4x2x1", "4x2x2", "1x4x1", "1x4x4", "4x1x1", "4x1x2");
    }

    @Test
    void acceleratorGetsTheWholeBatchOrPartsAtTheSameTime() {
        EngineOptions gpu = free.withDevice(new Device.Gpu(0)).withMaxBatch(64);

        assertThat(texts(gpu, 8)).containsExactly("1x1x64", "1x1x32", "1x1x8", "2x1x32", "2x1x8");
        assertThat(texts(gpu.withSessions(1).withSlicesPerRun(64), 8)).containsExactly("1x1x64");
    }

    private static List<String> texts(EngineOptions options, int processors) {
        return Candidates.of(options, processors).stream()
                .map(Arrangement::toString)
                .toList();
    }
}
