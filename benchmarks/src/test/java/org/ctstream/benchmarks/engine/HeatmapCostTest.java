package org.ctstream.benchmarks.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.ctstream.model.bundled.DefaultRelease;
import org.ctstream.model.graph.Graph;
import org.ctstream.model.graph.Port;
import org.ctstream.model.network.Recording;
import org.ctstream.model.onnx.OnnxExport;
import org.ctstream.model.onnx.OnnxOptions;
import org.ctstream.model.release.ModelStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeatmapCostTest {
    @TempDir
    Path folder;

    @Test
    void graphWithoutEvidenceGivesLogitsAndHasNoNodeThatOnlyTheEvidenceNeeds() {
        Graph graph = OnnxExport.of(
                        DefaultRelease.in(new ModelStore(folder)),
                        OnnxOptions.cpu().withoutEmbedding())
                .graph();

        Graph without = HeatmapCost.withoutEvidence(graph);

        assertThat(without.outputs()).extracting(Port::name).containsExactly(Recording.LOGITS);
        assertThat(without.nodes()).hasSizeLessThan(graph.nodes().size()).isSubsetOf(graph.nodes());
        assertThat(graph.nodes().size() - without.nodes().size()).isLessThan(12);
    }
}
