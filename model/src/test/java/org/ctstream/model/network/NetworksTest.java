package org.ctstream.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworksTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "alexnet, 61100840",
        "resnet18, 11689512",
        "resnet50, 25557032",
        "densenet121, 7978856",
        "densenet161, 28681000",
        "densenet169, 14149480"
    })
    void learntParametersAreAsManyAsTorchvisions(String architecture, long expected) {
        assertThat(learnt(architecture, 1000)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"resnet18, 512", "resnet50, 2048", "densenet121, 1024", "densenet161, 2208", "densenet169, 1664"})
    void embeddingNetworkReplacesTheClassifierByThreeLayersAndOneOfItsOwn(String backbone, long features) {
        long backboneAlone = learnt(backbone, 2) - 2 * (features + 1);
        long head = (features + 1) * 1024 + 1025 * 1024 + 1025 * 512;

        assertThat(learnt(backbone + "-embedding", 2)).isEqualTo(backboneAlone + head + 2 * 513);
    }

    @Test
    void stagesArePrefixesOfAllParametersInTheOrderOfTheNetwork() {
        for (String architecture : Networks.names()) {
            StagedNetwork network = Networks.named(architecture, 2);

            assertThat(network.architecture()).isEqualTo(architecture);
            assertThat(network.stages()).doesNotHaveDuplicates();
            assertThat(Parameters.shapes(network).keySet())
                    .allSatisfy(name -> assertThat(network.stages())
                            .filteredOn(stage -> name.startsWith(stage + "."))
                            .hasSize(1));
        }
        assertThat(Networks.named("densenet169-embedding", 2).stages())
                .containsExactly(
                        "features.conv0",
                        "features.norm0",
                        "features.denseblock1",
                        "features.transition1",
                        "features.denseblock2",
                        "features.transition2",
                        "features.denseblock3",
                        "features.transition3",
                        "features.denseblock4",
                        "features.norm5",
                        "head",
                        "classifier");
    }

    @Test
    void unknownNameIsRefusedSuggestingTheNearest() {
        assertThatThrownBy(() -> Networks.named("densnet169", 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unknown architecture 'densnet169'")
                .hasMessageContaining("did you mean densenet169?");
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThatThrownBy(() -> Networks.named("resnet18", 0)).hasMessageContaining("found 0");
        assertThatThrownBy(() -> Networks.named("resnet18", 2, 1)).hasMessageContaining("found 1.0");
        assertThatThrownBy(() -> Networks.named("resnet18", 2, Double.NaN)).hasMessageContaining("found NaN");
    }

    private static long learnt(String architecture, int classes) {
        SortedMap<String, List<Long>> shapes = Parameters.shapes(Networks.named(architecture, classes));
        return shapes.entrySet().stream()
                .filter(parameter -> !parameter.getKey().contains(".running_"))
                .mapToLong(parameter -> parameter.getValue().stream().reduce(1L, Math::multiplyExact))
                .sum();
    }
}
