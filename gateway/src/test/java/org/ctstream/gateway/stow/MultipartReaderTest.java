package org.ctstream.gateway.stow;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartReaderTest {
    private static final String BOUNDARY = "a--b";

    @Property(tries = 300)
    void partsComeOutAsTheyWentIn(
            @ForAll @Size(max = 4) List<byte[]> parts, @ForAll int seed, @ForAll @IntRange(max = 200_000) int long_)
            throws Exception {
        var all = new ArrayList<>(parts);
        all.add(new byte[long_]);

        assertThat(read(body(all), new Random(seed)))
                .usingElementComparator(Arrays::compare)
                .isEqualTo(all);
    }

    /** Line ends, hyphens and the letters of the boundary alone: nearly every byte looks like a delimiter's. */
    @Property(tries = 300)
    void nearBoundariesAreContent(@ForAll int seed, @ForAll @IntRange(max = 300) int length) throws Exception {
        var random = new Random(seed);
        var content = new ByteArrayOutputStream();
        for (int i = 0; i < length; i++) {
            content.write("\r\n-ab".charAt(random.nextInt(5)));
        }
        String text = content.toString(ISO_8859_1).replace("\r\n--" + BOUNDARY, "");
        List<byte[]> parts = List.of(text.getBytes(ISO_8859_1));
        if (text.contains("\r\n--" + BOUNDARY)) {
            return;
        }

        assertThat(read(body(parts), random))
                .usingElementComparator(Arrays::compare)
                .isEqualTo(parts);
    }

    @Test
    void preambleEpilogueAndPartsNobodyReadAreSkipped() throws Exception {
        String body =
                "This is MIME\r\n--a--b  \r\nContent-Type: x/y\r\n\r\nfirst\r\n--a--b\r\n\r\nsecond\r\n--a--b--\r\nend";
        var reader = new MultipartReader(stream(body), BOUNDARY);

        assertThat(reader.next()).isEqualTo(Map.of("content-type", "x/y"));
        assertThat(reader.next()).isEmpty();
        assertThat(reader.next()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--a--b",
                "--a--b\r\n",
                "--a--b\r\nno colon\r\n\r\nx\r\n--a--b--",
                "--a--bx\r\n\r\nx\r\n--a--b--",
                "--a--b\r\n\r\nnever ends",
                "--other\r\n\r\nx\r\n--other--"
            })
    void bodyThatIsNoneIsABadRequest(String body) {
        assertThatExceptionOfType(RequestException.class)
                .isThrownBy(() -> read(stream(body), new Random(1)))
                .satisfies(e -> assertThat(e.status()).isEqualTo(400));
    }

    @Test
    void headersWithoutEndAreBounded() {
        assertThatExceptionOfType(RequestException.class)
                .isThrownBy(() -> read(stream("--a--b\r\nx: " + "y".repeat(100_000)), new Random(1)));
    }

    @Property(tries = 1_000)
    void anyBytesArePartsOrABadRequest(@ForAll @Size(max = 400) byte[] bytes) throws IOException {
        try {
            read(new ByteArrayInputStream(bytes), new Random(1));
        } catch (RequestException e) {
            assertThat(e.status()).isEqualTo(400);
        }
    }

    private static List<byte[]> read(InputStream body, Random random) throws IOException {
        var reader = new MultipartReader(
                new FilterInputStream(body) {
                    @Override
                    public int read(byte[] bytes, int offset, int length) throws IOException {
                        return in.read(bytes, offset, 1 + random.nextInt(length));
                    }
                },
                BOUNDARY);
        var parts = new ArrayList<byte[]>();
        while (reader.next() != null) {
            var part = new ByteArrayOutputStream();
            reader.body(part::write);
            parts.add(part.toByteArray());
        }
        return parts;
    }

    private static InputStream body(List<byte[]> parts) {
        var body = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            body.writeBytes(("\r\n--" + BOUNDARY + "\r\nContent-Type: application/dicom\r\n\r\n").getBytes(ISO_8859_1));
            body.writeBytes(part);
        }
        body.writeBytes(("\r\n--" + BOUNDARY + "--").getBytes(ISO_8859_1));
        return new ByteArrayInputStream(body.toByteArray());
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(ISO_8859_1));
    }
}
