package org.ctstream.model.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.ctstream.model.classify.Precision;
import org.junit.jupiter.api.Test;

class PlanOrderTest {
    private static final TensorRtVersion V8_6 = TensorRtVersion.parse("8.6.1");
    private static final Path ONNX = Path.of("/models/net.onnx");
    private static final Path PLAN = Path.of("/models/net.trt");

    @Test
    void halfPrecisionIsAllowedAndTheFinishedPlanNotMeasured() {
        assertThat(order(Precision.FP16, false).arguments(V8_6))
                .containsExactly(
                        "--onnx=/models/net.onnx",
                        "--saveEngine=/models/net.trt",
                        "--device=1",
                        "--memPoolSize=workspace:4096",
                        "--fp16",
                        "--skipInference");
    }

    @Test
    void singlePrecisionIsWithoutTensorFloat32() {
        assertThat(order(Precision.FP32, false).arguments(V8_6))
                .contains("--noTF32")
                .doesNotContain("--fp16", "--int8");
    }

    @Test
    void networkInIntegersStaysInIntegers() {
        assertThat(order(Precision.FP32, true).arguments(V8_6))
                .contains("--int8")
                .doesNotContain("--fp16");
        assertThatThrownBy(() -> order(Precision.FP16, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("choose precision fp32");
    }

    @Test
    void olderVersionsHaveAnotherNameForNotMeasuring() {
        assertThat(order(Precision.FP16, false).arguments(TensorRtVersion.parse("8.4.1")))
                .contains("--buildOnly")
                .doesNotContain("--skipInference");
    }

    @Test
    void impossibleOrderIsRefused() {
        assertThatThrownBy(() -> new PlanOrder(ONNX, PLAN, Precision.FP32, false, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("workspace of 1 MiB or more");
    }

    private static PlanOrder order(Precision precision, boolean int8) {
        return new PlanOrder(ONNX, PLAN, precision, int8, 1, 4096);
    }
}
