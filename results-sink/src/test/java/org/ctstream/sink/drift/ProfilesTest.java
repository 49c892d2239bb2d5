package org.ctstream.sink.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfilesTest {
    private static final String DIGEST = "ab".repeat(32);
    private static final ReferenceProfile PROFILE = new ReferenceProfile(
            "densenet169", "2.0.0", DIGEST, "a list", Bins.ofProbabilities(new double[] {0.1, 0.9}), null);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void profileIsFoundByTheDigestOfTheWeights() throws IOException {
        Files.write(folder.resolve(PROFILE.fileName()), PROFILE.write());

        assertThat(new Profiles(folder).of(DIGEST)).contains(PROFILE);
        assertThat(new Profiles(folder).of("cd".repeat(32))).isEmpty();
        assertThat(new Profiles(null).of(DIGEST)).isEmpty();
    }

    @Test
    void releaseTheProgramBringsAlongHasItsProfile() {
        assertThat(new Profiles(null).of("7b1234a202e032493bc6d627d357253e19773d2872896b515fc5b9a931d1396c"))
                .hasValueSatisfying(profile -> {
                    assertThat(profile.model()).isEqualTo("densenet169");
                    assertThat(profile.probabilities().total()).isEqualTo(425);
                });
    }

    @Test
    void fileThatIsNoProfileOrOfOtherWeightsIsNone() throws IOException {
        Files.writeString(folder.resolve(DIGEST + ".json"), "{}");
        Files.write(folder.resolve("cd".repeat(32) + ".json"), PROFILE.write());

        assertThat(new Profiles(folder).of(DIGEST)).isEmpty();
        assertThat(new Profiles(folder).of("cd".repeat(32))).isEmpty();
    }

    @Test
    void digestThatIsNoneOpensNoFile() {
        assertThat(new Profiles(folder).of("../../etc/passwd")).isEmpty();
        assertThatThrownBy(() -> new ReferenceProfile("m", "1", "../x", "", PROFILE.probabilities(), null))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
