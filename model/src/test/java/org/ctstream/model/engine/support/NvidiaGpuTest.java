package org.ctstream.model.engine.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NvidiaGpuTest {
    @TempDir
    Path folder;

    @Test
    void deviceIsTheLineOfItsIndex() throws IOException {
        Path answer =
                Files.writeString(folder.resolve("answer"), "Tesla T4, 7.5, 550.54.15\nNVIDIA A10, 8.6, 550.54.15\n");
        List<String> tool = List.of("cat", answer.toString());

        assertThat(NvidiaGpu.find(tool, 1)).contains(new NvidiaGpu("NVIDIA A10", "8.6", "550.54.15"));
        assertThat(NvidiaGpu.find(tool, 2)).isEmpty();
    }

    @Test
    void toolThatIsMissingFailsOrSaysSomethingElseTellsNothing() throws IOException {
        Path answer = Files.writeString(folder.resolve("answer"), "Failed to initialize NVML: Driver mismatch\n");

        assertThat(NvidiaGpu.find(List.of("ctstream-no-such-tool"), 0)).isEmpty();
        assertThat(NvidiaGpu.find(List.of("false"), 0)).isEmpty();
        assertThat(NvidiaGpu.find(List.of("cat", answer.toString()), 0)).isEmpty();
    }

    @Test
    void fileNameTellsModelCapabilityAndDriver() {
        assertThat(new NvidiaGpu("NVIDIA A100-SXM4-80GB", "8.0", "550.54.15").fileName())
                .isEqualTo("nvidia-a100-sxm4-80gb-sm8.0-driver550.54.15");
    }
}
