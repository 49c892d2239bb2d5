package org.ctstream.model.engine.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingTest {
    private final List<String> closed = new ArrayList<>();

    @Test
    void oneThatFailsDoesNotKeepTheRestOpen() {
        assertThatThrownBy(() -> Closing.all(List.of(
                        () -> closed.add("first"),
                        () -> {
                            throw new IllegalStateException("stuck");
                        },
                        () -> {
                            throw new IllegalStateException("stuck too");
                        },
                        () -> closed.add("last"))))
                .hasMessage("stuck")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        assertThat(closed).containsExactly("first", "last");
    }
}
