package org.ctstream.model.engine.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.ctstream.model.classify.Embedding;
import org.ctstream.model.classify.Heatmap;
import org.ctstream.model.classify.Prediction;
import org.ctstream.model.onnx.OnnxModel.MapSize;
import org.junit.jupiter.api.Test;

class NetworkOutputsTest {
    private static final OutputSizes NOTHING_ELSE = new OutputSizes(Optional.empty(), 0);

    @Test
    void runsFillTheirSlicesInAnyOrder() {
        NetworkOutputs outputs = new NetworkOutputs(3, new OutputSizes(Optional.of(new MapSize(1, 2)), 2));
        outputs.setLogits(2, new float[] {0, 9});
        outputs.setEvidence(2, new float[] {1, 2});
        outputs.setEmbeddings(2, new float[] {3, -3});
        outputs.setLogits(0, new float[] {0, 0, 9, 0});
        outputs.setEvidence(0, new float[] {4, 1, -1, -2});
        outputs.setEmbeddings(0, new float[] {0, 2, 0, 0});

        List<Prediction> predictions = outputs.predictions();

        assertThat(predictions)
                .extracting(
                        prediction -> Math.round(100 * prediction.probability().orElseThrow()))
                .containsExactly(50L, 0L, 100L);
        assertThat(predictions)
                .extracting(prediction -> prediction.heatmap().orElseThrow().values())
                .containsExactly(List.of(1f, 0.25f), List.of(0f, 0f), List.of(0.5f, 1f));
        assertThat(predictions)
                .extracting(Prediction::embedding)
                .containsExactly(
                        Optional.of(Embedding.ofBytes(new byte[] {0, 127})),
                        Optional.empty(),
                        Optional.of(Embedding.ofBytes(new byte[] {127, -127})));
    }

    @Test
    void sliceThatIsNotFiniteDoesNotConcernItsNeighbours() {
        NetworkOutputs outputs = new NetworkOutputs(3, NOTHING_ELSE);
        outputs.setLogits(0, new float[] {0, 1, Float.NaN, 1, 0, 2});

        assertThat(outputs.predictions())
                .hasExactlyElementsOfTypes(
                        Prediction.Scored.class, Prediction.NotFinite.class, Prediction.Scored.class);
    }

    @Test
    void networkWithoutThemHasNeitherHeatmapsNorEmbeddings() {
        NetworkOutputs outputs = new NetworkOutputs(1, NOTHING_ELSE);
        outputs.setLogits(0, new float[] {0, 1});

        assertThat(outputs.hasMap()).isFalse();
        assertThat(outputs.hasEmbedding()).isFalse();
        assertThat(outputs.predictions().get(0).embedding()).isEmpty();
        assertThat(outputs.predictions().get(0).heatmap()).isEqualTo(Optional.<Heatmap>empty());
    }
}
