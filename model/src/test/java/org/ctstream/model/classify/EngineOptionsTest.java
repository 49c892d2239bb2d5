package org.ctstream.model.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.ctstream.model.classify.EngineOptions.SimulatedCost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineOptionsTest {
    @Test
    void defaultsAreTheProcessorAndNoSimulatedCost() {
        assertThat(EngineOptions.defaults())
                .isEqualTo(
                        new EngineOptions(Device.CPU, Precision.FP32, 0, 0, 32, 0, null, SimulatedCost.ofMicros(0, 0)));
    }

    @ParameterizedTest
    @CsvSource({"-1, 0, 1, 0", "0, -1, 1, 0", "0, 0, 0, 0", "0, 0, 1025, 0", "0, 0, 1, -1"})
    void valuesOutOfRangeAreRefused(int threads, int sessions, int maxBatch, int slicesPerRun) {
        assertThatThrownBy(() -> EngineOptions.defaults()
                        .withThreads(threads)
                        .withSessions(sessions)
                        .withMaxBatch(maxBatch)
                        .withSlicesPerRun(slicesPerRun))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found");
    }

    @ParameterizedTest
    @CsvSource({"cpu, cpu", "CPU, cpu", "gpu, gpu-0", "gpu:1, gpu-1", "gpu-12, gpu-12"})
    void deviceIsReadByName(String name, String written) {
        assertThat(Device.parse(name)).hasToString(written);
        assertThat(Device.parse(written)).isEqualTo(Device.parse(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tpu", "gpu:", "gpu:-1", "gpu:100", "cuda:0"})
    void unknownDeviceIsRefusedNamingTheValidForms(String name) {
        assertThatThrownBy(() -> Device.parse(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected cpu, gpu or gpu:N");
    }

    @Test
    void simulatedCostIsPerBatchAndPerScan() {
        assertThat(SimulatedCost.ofMicros(500, 20).of(32)).isEqualTo(Duration.ofNanos(1_140_000));
    }

    @Test
    void negativeSimulatedCostIsRefused() {
        assertThatThrownBy(() -> SimulatedCost.ofMicros(0, -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
