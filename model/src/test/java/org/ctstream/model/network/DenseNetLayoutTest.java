package org.ctstream.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class DenseNetLayoutTest {
    private static final Predicate<String> LEARNT = name -> !name.contains(".running_");

    @Test
    void denseNet169HasTheParametersOfThePaperAndOfTorchvision() {
        DenseNetLayout thousand = DenseNetLayout.denseNet169(1000);

        assertThat(count(thousand, LEARNT)).isEqualTo(14_149_480);
        assertThat(count(thousand, LEARNT.and(name -> name.startsWith("features."))))
                .isEqualTo(12_484_480);
        assertThat(count(DenseNetLayout.denseNet169(2), LEARNT)).isEqualTo(12_487_810);
        assertThat(thousand.parameters()).hasSize(846);
        assertThat(thousand.features()).isEqualTo(1664);
    }

    @Test
    void namesAndShapesAreTorchvisions() {
        assertThat(DenseNetLayout.denseNet169(2).parameters())
                .containsAllEntriesOf(Map.of(
                        "features.conv0.weight", List.of(64L, 3L, 7L, 7L),
                        "features.norm0.running_mean", List.of(64L),
                        "features.denseblock1.denselayer1.norm1.weight", List.of(64L),
                        "features.denseblock1.denselayer6.conv1.weight", List.of(128L, 224L, 1L, 1L),
                        "features.transition1.conv.weight", List.of(128L, 256L, 1L, 1L),
                        "features.denseblock4.denselayer32.conv2.weight", List.of(32L, 128L, 3L, 3L),
                        "features.norm5.running_var", List.of(1664L),
                        "classifier.weight", List.of(2L, 1664L),
                        "classifier.bias", List.of(2L)));
    }

    @Test
    void otherDenseNetsFollowFromTheirNumbers() {
        DenseNetLayout denseNet121 = new DenseNetLayout("densenet121", 32, List.of(6, 12, 24, 16), 64, 1000);
        DenseNetLayout denseNet161 = new DenseNetLayout("densenet161", 48, List.of(6, 12, 36, 24), 96, 1000);

        assertThat(count(denseNet121, LEARNT)).isEqualTo(7_978_856);
        assertThat(count(denseNet161, LEARNT)).isEqualTo(28_681_000);
    }

    @Test
    void sizesThatAreNotPositiveAreRefused() {
        assertThatThrownBy(() -> new DenseNetLayout("x", 32, List.of(6, 0), 64, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("blocks [6, 0]");
    }

    private static long count(DenseNetLayout layout, Predicate<String> counted) {
        return layout.parameters().entrySet().stream()
                .filter(parameter -> counted.test(parameter.getKey()))
                .mapToLong(parameter -> parameter.getValue().stream().reduce(1L, Math::multiplyExact))
                .sum();
    }
}
