package org.ctstream.sink.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.ctstream.schemas.avro.Label;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SliceCountsTest {
    @ParameterizedTest(name = "{0} positive, {1} negative, {2} indeterminate, {3} needed: {4}")
    @CsvSource({
        "1, 299,  0, 1, POSITIVE",
        "1, 299,  0, 2, NEGATIVE",
        "2, 298,  0, 2, POSITIVE",
        "0, 300,  0, 1, NEGATIVE",
        "0,   1, 99, 1, NEGATIVE",
        "0,   0, 40, 1, INDETERMINATE",
        "1,   0, 39, 2, INDETERMINATE"
    })
    void studyIsPositiveFromTheSlicesNeededOnAndElseNegativeIfAnySliceIs(
            int positive, int negative, int indeterminate, int needed, Label label) {
        assertThat(new SliceCounts(positive, negative, indeterminate).label(needed))
                .isEqualTo(label);
    }

    @Test
    void slicesBelowNoneAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SliceCounts(0, -1, 0));
    }
}
