package org.ctstream.model.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseIdTest {
    @Test
    void textIsReadAsNameAndVersion() {
        assertThat(ReleaseId.parse("densenet169:0.0.0-untrained.1"))
                .isEqualTo(new ReleaseId("densenet169", "0.0.0-untrained.1"))
                .hasToString("densenet169:0.0.0-untrained.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../x", "a/b", "a\\b", "/etc", "a:b", "a b", ".hidden", "a.", "a\0", "é"})
    void partThatCouldLeaveTheStoreIsRefused(String part) {
        assertThatThrownBy(() -> new ReleaseId(part, "1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ReleaseId("name", part)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void partsAreAtMost64Characters() {
        assertThat(new ReleaseId("a".repeat(64), "1").name()).hasSize(64);
        assertThatThrownBy(() -> new ReleaseId("a".repeat(65), "1")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void textWithoutColonIsRefused() {
        assertThatThrownBy(() -> ReleaseId.parse("densenet169"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name:version");
    }
}
