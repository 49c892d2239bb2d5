package org.ctstream.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ctstream.model.TestReleases;
import org.ctstream.model.untrained.SeededWeights;
import org.ctstream.model.weights.ElementType;
import org.ctstream.model.weights.Tensor;
import org.ctstream.model.weights.Weights;
import org.ctstream.model.weights.WeightsException;
import org.ctstream.model.weights.WeightsReport;
import org.ctstream.model.weights.WeightsReport.Misshaped;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ParametersTest {
    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void freeMemory() {
        manager.close();
    }

    @Test
    void blockHasTheNamesAndShapesOfItsLayout() {
        DenseNetLayout layout = DenseNetLayout.denseNet169(2);

        assertThat(Parameters.shapes(initialised(layout, 224))).isEqualTo(layout.parameters());
    }

    @Test
    void runningStatisticsAreNotLearnt() {
        SortedMap<String, Parameter> parameters = Parameters.byName(initialised(TestReleases.TINY, 32));

        parameters.forEach((name, parameter) ->
                assertThat(parameter.requiresGradient()).as(name).isEqualTo(!name.contains(".running_")));
    }

    @Test
    void loadedWeightsAreSavedAsTheyWere() {
        DenseNet network = initialised(TestReleases.TINY, 32);
        Weights weights = SeededWeights.of(TestReleases.TINY, 5);

        WeightsReport report = Parameters.load(network, "tiny", weights);

        assertThat(report.matched())
                .containsExactlyElementsOf(TestReleases.TINY.parameters().keySet());
        assertThat(Parameters.save(network).tensors()).isEqualTo(weights.tensors());
    }

    @Test
    void weightsThatLackATensorChangeNothing() {
        DenseNet network = initialised(TestReleases.TINY, 32);
        SortedMap<String, Tensor> before = Parameters.save(network).tensors();
        SortedMap<String, Tensor> incomplete =
                new TreeMap<>(SeededWeights.of(TestReleases.TINY, 5).tensors());
        incomplete.remove("features.norm0.running_var");

        assertThatThrownBy(() -> Parameters.load(network, "tiny", new Weights(new TreeMap<>(Map.of()), incomplete)))
                .isInstanceOfSatisfying(
                        WeightsException.Mismatch.class,
                        e -> assertThat(e.tensor()).isEqualTo("features.norm0.running_var"))
                .hasMessageContaining("weights do not fit tiny");
        assertThat(Parameters.save(network).tensors()).isEqualTo(before);
    }

    @Test
    void matchingWeightsAreLoadedAndTheOthersReported() {
        DenseNet network = initialised(TestReleases.TINY, 32);
        SortedMap<String, Tensor> before = Parameters.save(network).tensors();
        SortedMap<String, Tensor> published =
                new TreeMap<>(SeededWeights.of(TestReleases.TINY, 5).tensors());
        published.put("classifier.weight", Tensor.ofFloats(List.of(3L, 12L), new float[36]));
        published.remove("classifier.bias");
        published.put("mask", Tensor.ofFloats(List.of(1L), new float[1]));

        WeightsReport report = Parameters.loadMatching(network, new Weights(Map.of(), published));

        SortedMap<String, Tensor> after = Parameters.save(network).tensors();
        assertThat(report.matched())
                .hasSize(before.size() - 2)
                .allSatisfy(name -> assertThat(after.get(name)).isEqualTo(published.get(name)));
        assertThat(report.missing()).containsExactly("classifier.bias");
        assertThat(report.misshaped()).extracting(Misshaped::tensor).containsExactly("classifier.weight");
        assertThat(report.leftOut()).containsExactly("mask");
        assertThat(after.get("classifier.weight")).isEqualTo(before.get("classifier.weight"));
    }

    @Test
    void halvedWeightsAreLoadedAsFloats() {
        DenseNet network = initialised(TestReleases.TINY, 32);
        Weights halved = SeededWeights.of(TestReleases.TINY, 5).toF16();

        Parameters.load(network, "tiny", halved);

        Parameters.save(network)
                .tensors()
                .forEach((name, tensor) -> assertThat(tensor.toFloats())
                        .as(name)
                        .isEqualTo(halved.tensor(name).toFloats()));
        assertThat(halved.tensor("classifier.weight").type()).isEqualTo(ElementType.F16);
    }

    private DenseNet initialised(DenseNetLayout layout, int side) {
        DenseNet network = new DenseNet(layout);
        network.initialize(manager, DataType.FLOAT32, new Shape(1, 3, side, side));
        return network;
    }
}
