package org.ctstream.service.pseudonym;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.apache.kafka.common.config.ConfigException;
import org.ctstream.service.error.FatalStageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PseudonymsTest {
    private static final byte[] KEY = "0123456789abcdef".getBytes(UTF_8);

    private final Pseudonyms pseudonyms = Pseudonyms.keyed(KEY);

    @Test
    void pseudonymsArePinnedSoThatARedriveGivesTheSameOnes() {
        // printf 'patient:4711' | openssl dgst -sha256 -hmac 0123456789abcdef | cut to 32 digits; likewise uid:1.2.3
        assertThat(pseudonyms.patient("4711")).contains("84a7e3072df4b01d56ca26125a8191ab");
        assertThat(pseudonyms.uid("1.2.3")).contains("2.25.253552615367871590081695462144574119340");
    }

    @Test
    void uidPseudonymIsAValidUid() {
        for (int i = 0; i < 200; i++) {
            assertThat(pseudonyms.uid("1.2.840." + i).orElseThrow()).matches("2\\.25\\.(0|[1-9][0-9]{0,38})");
        }
    }

    @Test
    void paddingIsNotPartOfTheIdentifier() {
        assertThat(pseudonyms.uid("1.2.3\0")).isEqualTo(pseudonyms.uid("1.2.3"));
        assertThat(pseudonyms.patient(" 4711 ")).isEqualTo(pseudonyms.patient("4711"));
    }

    @Test
    void anotherKeyOrKindGivesAnUnrelatedPseudonym() {
        var other = Pseudonyms.keyed("fedcba9876543210".getBytes(UTF_8));

        assertThat(other.patient("4711")).isNotEqualTo(pseudonyms.patient("4711"));
        assertThat(pseudonyms.patient("1.2.3").orElseThrow())
                .isNotEqualTo(new java.math.BigInteger(
                                pseudonyms.uid("1.2.3").orElseThrow().substring("2.25.".length()))
                        .toString(16));
    }

    @Test
    void emptyIdentifiersAndMissingKeysGiveNoPseudonym() {
        assertThat(pseudonyms.patient("  ")).isEmpty();
        assertThat(Pseudonyms.none().patient("4711")).isEmpty();
        assertThat(Pseudonyms.none().uid("1.2.3")).isEmpty();
        assertThat(Pseudonyms.none().isKeyed()).isFalse();
    }

    @Test
    void keyIsTextOrBase64() {
        String base64 = "base64:" + Base64.getEncoder().encodeToString(KEY);

        assertThat(PseudonymKey.parse(base64)).contains(KEY);
        assertThat(PseudonymKey.parse(new String(KEY, UTF_8))).contains(KEY);
        assertThat(PseudonymKey.parse("")).isEmpty();
    }

    @Test
    void shortOrBrokenKeyIsRefusedWithoutBeingRepeated() {
        assertThatThrownBy(() -> PseudonymKey.parse("secret-9"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("8 bytes")
                .hasMessageNotContaining("secret-9");
        assertThatThrownBy(() -> PseudonymKey.parse("base64:not!base64"))
                .isInstanceOf(ConfigException.class)
                .hasMessageNotContaining("not!base64");
    }

    @Test
    void keyFileIsReadWithoutItsLineEnd(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("key"), "0123456789abcdef\n");

        assertThat(PseudonymKey.read(file)).isEqualTo(KEY);
    }

    @Test
    void missingOrEmptyKeyFileIsFatal(@TempDir Path folder) throws Exception {
        Path empty = Files.createFile(folder.resolve("empty"));

        assertThatThrownBy(() -> PseudonymKey.read(empty)).isInstanceOf(FatalStageException.class);
        assertThatThrownBy(() -> PseudonymKey.read(folder.resolve("none"))).isInstanceOf(FatalStageException.class);
    }
}
