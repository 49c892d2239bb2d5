package org.ctstream.model.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalfTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0x0000",
        "-0, 0x8000",
        "1, 0x3c00",
        "-2, 0xc000",
        "0.333251953125, 0x3555",
        "65504, 0x7bff",
        "65519.996, 0x7bff",
        "65520, 0x7c00",
        "-Infinity, 0xfc00",
        "0.00006103515625, 0x0400",
        "0.000060975552, 0x03ff",
        "5.9604645E-8, 0x0001",
        "2.9802322E-8, 0x0000",
        "2.9802326E-8, 0x0001",
        "1.00048828125, 0x3c00",
        "1.00146484375, 0x3c02"
    })
    void floatsRoundToTheNearestEvenHalfOfTheStandard(float value, String bits) {
        assertThat(Half.of(value)).isEqualTo((short) (int) Integer.decode(bits));
    }

    @Test
    void everyHalfIsItselfAfterGoingThroughFloat() {
        assertThat(IntStream.range(0, 1 << 16).filter(i -> !Float.isNaN(Half.toFloat((short) i))))
                .hasSize((1 << 16) - 2 * 1023)
                .allSatisfy(
                        i -> assertThat(Half.of(Half.toFloat((short) (int) i))).isEqualTo((short) (int) i));
        assertThat(Half.toFloat(Half.of(Float.NaN))).isNaN();
    }

    @Property
    void roundingIsNoWorseThanHalfAStep(@ForAll @FloatRange(min = -65504, max = 65504) float value) {
        float step = Math.max(Math.scalb(1f, Math.getExponent(value) - 10), 0x1p-24f);

        assertThat(Math.abs(Half.toFloat(Half.of(value)) - value)).isLessThanOrEqualTo(step / 2);
    }
}
