package org.ctstream.model.weights.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnpicklerTest {
    private static final Names NAMES = new Names() {
        @Override
        public Object global(String module, String name) throws PickleException {
            if (name.equals("join")) {
                return (Constructor) arguments -> "joined " + arguments;
            }
            throw new PickleException("not " + module + "." + name);
        }

        @Override
        public Object persistent(Object identity) {
            return "outside " + identity;
        }
    };

    @Test
    void valuesComeBackAsPythonMeantThem() throws PickleException {
        Object value = load(
                "\u0080\2(K\u00ffM\1\2J\u00fe\u00ff\u00ff\u00ff\u008a\t\0\0\0\0\0\0\0\u0080\0G\u00bf\u00f8\0\0\0\0\0\0"
                        + "X\2\0\0\0\u00c3\u00a4U\1a\u0088\u0089N)]q\0(K\1K\2eh\0}(X\1\0\0\0kK\3K\4K\5ut.");

        assertThat(value)
                .isEqualTo(List.of(
                        255L,
                        513L,
                        -2L,
                        new BigInteger("9223372036854775808"),
                        -1.5,
                        "ä",
                        "a",
                        true,
                        false,
                        None.NONE,
                        List.of(),
                        List.of(1L, 2L),
                        List.of(1L, 2L),
                        Map.of("k", 3L, 4L, 5L)));
    }

    @Test
    void namesGoThroughTheCaller() throws PickleException {
        assertThat(load("\u0080\2cm\njoin\nK\1K\2\u0086R.")).isEqualTo("joined [1, 2]");
        assertThat(load("\u0080\4\u008c\1m\u008c\4join\u0093\u0094K\1\u0085R.")).isEqualTo("joined [1]");
        assertThat(load("\u0080\2K\7Q.")).isEqualTo("outside 7");
    }

    @Test
    void nextPickleBeginsBehindTheFirst() throws PickleException {
        ByteBuffer two = bytes("K\1.K\2.");

        assertThat(new Unpickler(two, NAMES).load()).isEqualTo(1L);
        assertThat(new Unpickler(two, NAMES).load()).isEqualTo(2L);
        assertThat(two.hasRemaining()).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "nothing             |                       | ends early",
                "no value            | .                     | stack is too short",
                "huge text           | X\u00ff\u00ff\u00ff\u007f       | ends early: 2147483647 more bytes",
                "negative text       | X\u00ff\u00ff\u00ff\u00ff       | ends early: 4294967295 more bytes",
                "unknown instruction | \u00ff                | instruction 0xff",
                "newer protocol      | \u0080Z               | protocol 0 to 4 expected, found 90",
                "no mark             | t                     | a mark is missing",
                "below the mark      | K0(K1\u0086           | stack is too short",
                "not remembered      | h0                    | recalled before",
                "append to a number  | K0K1a                 | no list",
                "append to a tuple   | )K1a                  | no list",
                "put into a list     | ]K0K1s                | no dictionary",
                "key without value   | }(K0u                 | key without a value",
                "list as key         | }]K1s                 | neither text nor a number",
                "call of a number    | K0)R                  | no function",
                "forbidden name      | ca`b`                 | not a.b",
                "attributes          | K0K1b                 | attributes are given",
            })
    void otherPicklesAreRefused(String what, String text, String message) {
        String pickle = text == null ? "" : text.replace('`', '\n');

        assertThatThrownBy(() -> load(pickle))
                .isInstanceOf(PickleException.class)
                .hasMessageContaining(message);
    }

    @Test
    void longPicklesAreRefusedBeforeTheyTakeMuchMemory() {
        assertThatThrownBy(() -> load("}".repeat(1_000_000)))
                .isInstanceOf(PickleException.class)
                .hasMessageContaining("more than 524288 instructions");
    }

    @Property
    void anyBytesAreReadOrRefused(@ForAll byte[] bytes) {
        Throwable refused = catchThrowable(() -> new Unpickler(ByteBuffer.wrap(bytes), NAMES).load());

        if (refused != null) {
            assertThat(refused).isInstanceOf(PickleException.class);
        }
    }

    private static Object load(String pickle) throws PickleException {
        return new Unpickler(bytes(pickle), NAMES).load();
    }

    private static ByteBuffer bytes(String pickle) {
        return ByteBuffer.wrap(pickle.getBytes(StandardCharsets.ISO_8859_1));
    }
}
