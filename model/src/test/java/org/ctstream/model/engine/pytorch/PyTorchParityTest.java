package org.ctstream.model.engine.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.ctstream.model.classify.Availability;
import org.ctstream.model.classify.ClassifierFactory;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.classify.Precision;
import org.ctstream.model.engine.ParityContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference through its factory: whatever it does to be fast, its answers stay those of a whole batch. */
class PyTorchParityTest extends ParityContract {
    @Override
    protected ClassifierFactory factory() {
        return new PyTorchClassifiers();
    }

    @Override
    protected String engineName() {
        return "pytorch";
    }

    static Stream<Arguments> whatItHasNot() {
        return Stream.of(
                Arguments.of(
                        "fp16", (UnaryOperator<EngineOptions>) o -> o.withPrecision(Precision.FP16), "float32 only"),
                Arguments.of("sessions", (UnaryOperator<EngineOptions>) o -> o.withSessions(2), "2 were asked for"),
                Arguments.of("parts", (UnaryOperator<EngineOptions>) o -> o.withSlicesPerRun(4), "4 slices per run"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whatItHasNot")
    void optionItDoesNotHaveIsRefusedSayingWhatToChoose(
            String name, UnaryOperator<EngineOptions> change, String expected) {
        assertThatThrownBy(() -> open(change.apply(EngineOptions.defaults())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("engine pytorch")
                .hasMessageContaining(expected)
                .hasMessageContaining("choose");
    }

    @Test
    void processorIsAvailableWithTheLibrariesVersion() {
        assertThat(factory().availability(Device.CPU))
                .isInstanceOfSatisfying(
                        Availability.Available.class,
                        available -> assertThat(available.version()).isNotBlank());
    }

    @Test
    void deviceThatNoMachineHasIsMissingWithARemedy() {
        assertThat(factory().availability(new Device.Gpu(99)))
                .isInstanceOfSatisfying(Availability.Missing.class, missing -> {
                    assertThat(missing.reason()).startsWith("CUDA devices found: ");
                    assertThat(missing.remedy()).contains("NVIDIA driver");
                });
    }
}
