package org.ctstream.gateway.stow;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/related; type=\"application/dicom\"; boundary=abc",
                "Multipart/Related;TYPE=application/dicom;Boundary=\"abc\"",
                "multipart/related; boundary=abc ; start=\"a;b=c\"; type=application/dicom",
            })
    void parametersAreFoundHoweverTheyAreWritten(String header) {
        assertThat(MediaType.parse(header)).hasValueSatisfying(type -> {
            assertThat(type.name()).isEqualTo("multipart/related");
            assertThat(type.parameter("type")).contains("application/dicom");
            assertThat(type.parameter("boundary")).contains("abc");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "dicom", "/", "; boundary=a", "a/b; boundary=\"open"})
    void whatIsNoneIsNone(String header) {
        assertThat(MediaType.parse(header)).isEmpty();
    }

    @Test
    void emptyParametersDoNoHarm() {
        assertThat(MediaType.parse("a/b;;;=;x=;y"))
                .hasValueSatisfying(type -> assertThat(type.name()).isEqualTo("a/b"));
    }

    @Property(tries = 2_000)
    void anyTextIsATypeOrNone(@ForAll String header) {
        assertThat(MediaType.parse(header))
                .satisfies(
                        type -> type.ifPresent(read -> assertThat(read.name()).contains("/")));
    }
}
