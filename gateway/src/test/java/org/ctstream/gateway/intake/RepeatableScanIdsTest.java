package org.ctstream.gateway.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.ctstream.service.pseudonym.Pseudonyms;
import org.junit.jupiter.api.Test;

class RepeatableScanIdsTest {
    private static final byte[] CONTENT = {1, 2, 3};

    private final RepeatableScanIds ids = new RepeatableScanIds(key("a key of the hospital's"));

    @Test
    void sameObjectIsTheSameScanAlsoAfterARestart() {
        assertThat(new RepeatableScanIds(key("a key of the hospital's")).of("1.2.3", CONTENT))
                .isEqualTo(ids.of("1.2.3", CONTENT))
                .matches("pacs-[0-9a-f]{32}");
    }

    @Test
    void otherObjectOtherPixelsAndOtherKeyAreOtherScans() {
        String scanId = ids.of("1.2.3", CONTENT);

        assertThat(ids.of("1.2.4", CONTENT)).isNotEqualTo(scanId);
        assertThat(ids.of("1.2.3", new byte[] {1, 2})).isNotEqualTo(scanId);
        assertThat(new RepeatableScanIds(key("a key of another one's")).of("1.2.3", CONTENT))
                .isNotEqualTo(scanId);
    }

    @Test
    void withoutAKeyIdsRepeatWithinOneProcessAndCannotBeComputedElsewhere() {
        var one = new RepeatableScanIds(Pseudonyms.none());

        assertThat(one.of("1.2.3", CONTENT)).isEqualTo(one.of("1.2.3", CONTENT));
        assertThat(new RepeatableScanIds(Pseudonyms.none()).of("1.2.3", CONTENT))
                .isNotEqualTo(one.of("1.2.3", CONTENT));
    }

    private static Pseudonyms key(String text) {
        return Pseudonyms.keyed(text.getBytes(UTF_8));
    }
}
