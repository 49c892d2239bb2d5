package org.ctstream.model.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TensorRtVersionTest {
    @ParameterizedTest
    @CsvSource({
        "&&&& RUNNING TensorRT.trtexec [TensorRT v8401] # trtexec --help, 8.4.1",
        "&&&& RUNNING TensorRT.trtexec [TensorRT v8601] # trtexec --help, 8.6.1",
        "&&&& RUNNING TensorRT.trtexec [TensorRT v100800] [b43] # trtexec --help, 10.8.0",
        "&&&& RUNNING TensorRT.trtexec [TensorRT v101401] [b48] # trtexec --version, 10.14.1",
    })
    void bannerOfEitherNumberingIsRead(String line, String version) {
        assertThat(TensorRtVersion.ofBanner(line))
                .map(TensorRtVersion::toString)
                .contains(version);
    }

    @Test
    void otherLineHasNoVersion() {
        assertThat(TensorRtVersion.ofBanner("=== Model Options ===")).isEmpty();
    }

    @Test
    void versionsAreOrderedByTheirNumbersNotTheirText() {
        assertThat(TensorRtVersion.parse("10.8.0")).isGreaterThan(TensorRtVersion.parse("8.6.1"));
        assertThat(TensorRtVersion.parse("8.6.1")).isGreaterThan(TensorRtVersion.parse("8.5.3"));
    }

    @Test
    void textThatIsNoVersionIsRefusedSayingWhatOneLooksLike() {
        assertThatThrownBy(() -> TensorRtVersion.parse("8.6"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("written 8.6.1, found '8.6'");
    }
}
