package org.ctstream.model.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The driver's answers are a script's here; what a real driver says is taken from NVIDIA's documentation. */
class NvidiaSmiTest {
    private static final String A10 = "NVIDIA A10, 8.6, 535.161.08, [N/A]";
    private static final String T4 = "Tesla T4, 7.5, 535.161.08, [N/A]";
    private static final Map<String, String> BY_SLOT = Map.of("CUDA_DEVICE_ORDER", "PCI_BUS_ID");

    @TempDir
    private Path folder;

    @Test
    void gpuIsTheOneTheDriverNames() throws IOException {
        Gpu gpu = driver(Map.of(), A10).gpu(0);

        assertThat(gpu).isEqualTo(new Gpu("NVIDIA A10", "8.6", "535.161.08", false));
    }

    @Test
    void missingDriverIsToldWithWhatToInstall() {
        NvidiaSmi driver = new NvidiaSmi(folder.resolve("nvidia-smi").toString(), Map.of());

        assertThatThrownBy(() -> driver.gpu(0))
                .isInstanceOf(PlanException.Missing.class)
                .hasMessageContaining("install the NVIDIA driver")
                .hasMessageContaining("NVIDIA Container Toolkit");
    }

    @Test
    void indexBeyondTheGpusIsRefusedSayingHowManyThereAre() throws IOException {
        NvidiaSmi driver = driver(Map.of(), A10, A10);

        assertThat(driver.gpu(1).name()).isEqualTo("NVIDIA A10");
        assertThatThrownBy(() -> driver.gpu(2))
                .isInstanceOf(PlanException.Missing.class)
                .hasMessageContaining("there is no gpu-2")
                .hasMessageContaining("shows to this process: 2");
    }

    @Test
    void driverThatShowsNoGpuIsMissingOne() throws IOException {
        assertThatThrownBy(() -> driver(Map.of()).gpu(0))
                .isInstanceOf(PlanException.Missing.class)
                .hasMessageContaining("shows no GPU");
    }

    @Test
    void differentGpusAreToldApartOnlyWhereCudaCountsAsTheDriverDoes() throws IOException {
        assertThat(driver(BY_SLOT, A10, T4).gpu(1).name()).isEqualTo("Tesla T4");
        assertThatThrownBy(() -> driver(Map.of(), A10, T4).gpu(1))
                .isInstanceOf(PlanException.ToolFailed.class)
                .hasMessageContaining("cannot tell which")
                .hasMessageContaining("CUDA_DEVICE_ORDER=PCI_BUS_ID");
        assertThatThrownBy(() -> driver(Map.of("CUDA_DEVICE_ORDER", "PCI_BUS_ID", "CUDA_VISIBLE_DEVICES", "1"), A10, T4)
                        .gpu(0))
                .isInstanceOf(PlanException.ToolFailed.class)
                .hasMessageContaining("CUDA_VISIBLE_DEVICES");
    }

    @ParameterizedTest
    @CsvSource({"'', 0", "-1, 0", "0, 1", "'0,1,-1', 2", "'1,-1,0', 1", "'0,7,1', 1", "GPU-8932f937, 1"})
    void gpusThatCudaDoesNotShowAreMissing(String visible, int shown) throws IOException {
        NvidiaSmi driver = driver(Map.of("CUDA_VISIBLE_DEVICES", visible), A10, A10);

        for (int index = 0; index < shown; index++) {
            assertThat(driver.gpu(index).name()).isEqualTo("NVIDIA A10");
        }
        assertThatThrownBy(() -> driver.gpu(shown))
                .isInstanceOf(PlanException.Missing.class)
                .hasMessageContaining("CUDA_VISIBLE_DEVICES='" + visible + "' leaves " + shown);
    }

    @Test
    void gpuDividedIntoInstancesIsRefused() throws IOException {
        assertThatThrownBy(() -> driver(Map.of(), "NVIDIA A100-SXM4-40GB, 8.0, 535.161.08, Enabled")
                        .gpu(0))
                .isInstanceOf(PlanException.ToolFailed.class)
                .hasMessageContaining("MIG");
    }

    @Test
    void answerOfAnotherFormIsQuotedAndTheDriverSuspected() throws IOException {
        assertThatThrownBy(() -> driver(Map.of(), "Field \"compute_cap\" is not a valid field to query.")
                        .gpu(0))
                .isInstanceOf(PlanException.ToolFailed.class)
                .hasMessageContaining("Field \"compute_cap\"")
                .hasMessageContaining("install 525 or newer");
    }

    @Test
    void failingDriverIsToldWithWhatItPrinted() throws IOException {
        Path smi = Scripts.script(
                folder,
                "nvidia-smi",
                "echo 'NVIDIA-SMI has failed because it could not communicate with the NVIDIA driver.'",
                "exit 9");

        assertThatThrownBy(() -> new NvidiaSmi(smi.toString(), Map.of()).gpu(0))
                .isInstanceOf(PlanException.ToolFailed.class)
                .hasMessageContaining("exit code 9")
                .hasMessageContaining("could not communicate with the NVIDIA driver");
    }

    private NvidiaSmi driver(Map<String, String> environment, String... gpus) throws IOException {
        return new NvidiaSmi(Scripts.nvidiaSmi(folder, gpus).toString(), environment);
    }
}
