package org.ctstream.model.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ctstream.model.classify.Precision;
import org.ctstream.model.onnx.OnnxModel.MapSize;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.weights.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanSourceTest {
    private static final Gpu GPU = new Gpu("NVIDIA A10", "8.6", "535.161.08", false);
    private static final TensorRtVersion VERSION = TensorRtVersion.parse("8.6.1");

    @TempDir
    private Path folder;

    @Test
    void sameReleaseAndBatchGiveTheSameKeyAndAnotherBatchAnotherGraph() throws Exception {
        StoredRelease release = SmallReleases.save(folder);

        PlanKey key = PlanSource.of(release, 2).key(GPU, VERSION, Precision.FP16);

        assertThat(PlanSource.of(release, 2).key(GPU, VERSION, Precision.FP16)).isEqualTo(key);
        assertThat(PlanSource.of(release, 3).key(GPU, VERSION, Precision.FP16).graphSha256())
                .isNotEqualTo(key.graphSha256());
        assertThat(key.modelSha256()).isEqualTo(release.release().sha256());
    }

    @Test
    void writtenFileIsTheOneTheKeyNames() throws Exception {
        PlanSource source = PlanSource.of(SmallReleases.save(folder), 2);
        Path file = folder.resolve("net.onnx");

        source.write(file);

        assertThat(Sha256.of(file))
                .isEqualTo(source.key(GPU, VERSION, Precision.FP32).graphSha256());
        assertThat(Files.size(file)).isEqualTo(source.size());
        assertThat(source.heatmap()).contains(new MapSize(4, 4));
        assertThat(source.isInt8()).isFalse();
    }

    @Test
    void graphIsThatWithoutTheEmbeddingForWhichPlansWereMadeBeforeThereWasOne() throws Exception {
        Path file = folder.resolve("net.onnx");
        PlanSource.of(SmallReleases.save(folder), 2).write(file);

        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                .contains("evidence")
                .doesNotContain("embedding");
    }
}
