package org.ctstream.imaging.raster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ctstream.imaging.Pictures;
import org.ctstream.imaging.bounds.ByteWindow;
import org.ctstream.imaging.bounds.DecodeDeadline;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.bounds.ScanDecodeException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LzwCodesTest {
    private static final int CLEAR = 256;
    private static final int END = 257;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void codesOfAsManyBytesAsTheStripHoldsPassInEitherOrderOfBits(boolean lowBitsFirst) {
        byte[] data = bytes(lowBitsFirst, CLEAR, 7, 258, 259, 8, END);

        assertThatCode(() -> codes(data, lowBitsFirst).check(1 + 2 + 3 + 1)).doesNotThrowAnyException();
        assertThat(rejected(data, lowBitsFirst, 6)).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void codesGetLongerWithTheTable() {
        int[] literals = IntStream.concat(
                        IntStream.of(CLEAR), IntStream.range(0, 3_800).map(i -> i % 256))
                .toArray();

        assertThatCode(() -> codes(bytes(false, literals), false).check(3_800)).doesNotThrowAnyException();
        assertThat(rejected(bytes(false, literals), false, 3_799)).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void tableThatOverflowsIsCorrupt() {
        int[] literals = IntStream.concat(
                        IntStream.of(CLEAR), IntStream.range(0, 4_000).map(i -> i % 256))
                .toArray();

        assertThat(rejected(bytes(false, literals), false, 1_000_000)).isEqualTo(Reason.CORRUPT);
    }

    @Test
    void codeThatIsNotInTheTableYetIsCorruptUnlessItIsTheNext() {
        assertThat(rejected(bytes(false, CLEAR, 7, 259, END), false, 100)).isEqualTo(Reason.CORRUPT);
        assertThat(rejected(bytes(false, CLEAR, 258, END), false, 100)).isEqualTo(Reason.CORRUPT);
    }

    @Test
    void stringsThatGoOnBehindTheEndOfTheStripAreRefused() {
        // Each code one byte longer than the one before: 3,800 of them are 7 MB.
        int[] growing = IntStream.concat(IntStream.of(CLEAR, 0), IntStream.range(258, 4_050))
                .toArray();

        assertThat(rejected(bytes(false, growing), false, 100_000)).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void tablesThatAreThrownAwayAtOnceAreRefused() {
        int[] clears =
                IntStream.range(0, 2_000).map(i -> i % 2 == 0 ? CLEAR : 0).toArray();

        assertThat(rejected(bytes(false, clears), false, 1_000_000)).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void directoryHasThemFollowedForEachStrip() {
        byte[] tiff = Pictures.resource("rgb-lzw.tif");
        ByteWindow good = ByteWindow.of(tiff, "TIFF");
        assertThatCode(() -> decode(good)).doesNotThrowAnyException();

        int begin = indexOfTable(tiff);
        byte[] clears = bytes(
                false, IntStream.range(0, 200).map(i -> i % 2 == 0 ? CLEAR : 0).toArray());
        System.arraycopy(clears, 0, tiff, begin, clears.length);

        ScanDecodeException rejection = catchThrowableOfType(ScanDecodeException.class, () -> decode(good));
        assertThat(rejection).isNotNull();
        assertThat(rejection.reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(rejection).hasMessageContaining("tables for");
    }

    private static void decode(ByteWindow tiff) throws ScanDecodeException {
        var limits = new DecodeLimits(1 << 20, 1024, 1024, 1 << 18, Duration.ofSeconds(10));
        RasterDecoder.TIFF.decode(tiff, limits, DecodeDeadline.startingNow(limits));
    }

    /** Where the first strip begins: its first code is a clear code, 0x80 and a bit. */
    private static int indexOfTable(byte[] tiff) {
        int at = 8;
        while (tiff[at] != (byte) 0x80) {
            at++;
        }
        return at;
    }

    private static Reason rejected(byte[] data, boolean lowBitsFirst, long most) {
        ScanDecodeException rejection = catchThrowableOfType(
                ScanDecodeException.class, () -> codes(data, lowBitsFirst).check(most));
        assertThat(rejection).isNotNull();
        return rejection.reason();
    }

    private static LzwCodes codes(byte[] data, boolean lowBitsFirst) {
        return new LzwCodes(ByteWindow.of(data, "TIFF"), lowBitsFirst);
    }

    /** Codes as an encoder writes them, the highest bit first, longer as the table of the one who reads them grows. */
    private static byte[] bytes(boolean lowBitsFirst, int... codes) {
        var bits = new ArrayList<Integer>();
        int entries = 258;
        boolean fresh = true;
        for (int code : codes) {
            int size = entries < 511 ? 9 : entries < 1023 ? 10 : entries < 2047 ? 11 : 12;
            for (int bit = size - 1; bit >= 0; bit--) {
                bits.add((code >> bit) & 1);
            }
            if (code == CLEAR) {
                entries = 258;
            } else if (!fresh) {
                entries++;
            }
            fresh = code == CLEAR;
        }
        return packed(bits, lowBitsFirst);
    }

    private static byte[] packed(List<Integer> bits, boolean lowBitsFirst) {
        var out = new ByteArrayOutputStream();
        for (int i = 0; i < bits.size(); i += 8) {
            int value = 0;
            for (int bit = 0; bit < 8; bit++) {
                value = (value << 1) | (i + bit < bits.size() ? bits.get(i + bit) : 0);
            }
            out.write(lowBitsFirst ? Integer.reverse(value) >>> 24 : value);
        }
        return out.toByteArray();
    }
}
