package org.ctstream.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnginesTest {
    private final Engines engines = Engines.standard();

    @Test
    void standardEnginesAreFoundByName() {
        assertThat(engines.names()).containsExactly("none", "pytorch");
        assertThat(engines.names())
                .allSatisfy(name -> assertThat(engines.named(name)).isNotNull());
    }

    @ParameterizedTest
    @CsvSource({"pytorhc, pytorch", "PyTorch, pytorch", "non, none"})
    void misspeltEngineIsRefusedSuggestingTheLikeliest(String written, String meant) {
        assertThatThrownBy(() -> engines.named(written))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unknown engine '" + written + "', expected one of [none, pytorch]")
                .hasMessageContaining("did you mean " + meant + "?");
    }

    @Test
    void unlikeNameIsRefusedWithoutASuggestion() {
        assertThatThrownBy(() -> engines.named("tensorrt"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("expected one of [none, pytorch]");
    }
}
