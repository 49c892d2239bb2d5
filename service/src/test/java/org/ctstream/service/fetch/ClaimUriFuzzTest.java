package org.ctstream.service.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.stream.Stream;
import org.ctstream.schemas.avro.ClaimCheck;
import org.ctstream.service.error.PoisonRecordException;
import org.ctstream.service.objectstore.S3Folder;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any text as a claim check's URI, under a root of each kind: the scan that is there, or a {@link PoisonRecordException}.
 * Never what lies outside the root, and never a failure that asks to try again while the store is well: one publisher
 * could hold up everybody's scans by it. How to run it for long: docs/fuzzing.md.
 */
class ClaimUriFuzzTest {
    private static final byte[] SCAN = {1, 2, 3};
    private static final byte[] SECRET = {4, 5, 6};
    private static final String HTTP_ROOT = "http://127.0.0.1:9/scans/";
    private static final S3Folder BUCKET = S3Folder.of(URI.create("s3://scans/received"));

    private static final Path FOLDER = makeFolder();
    private static final List<String> STARTS =
            List.of("", FOLDER.toUri().toString(), HTTP_ROOT, BUCKET.uri().toString());
    private static final PayloadReader READER = new PayloadReader(
            ClaimRoots.of(List.of(FOLDER.toUri().toString()), Duration.ofSeconds(2)), 1_000, Duration.ofSeconds(2), 4);
    private static final HttpRoot WEB = new HttpRoot(
            URI.create(HTTP_ROOT),
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build(),
            Duration.ofSeconds(2));

    static {
        seeds().forEach(ClaimUriFuzzTest::read);
    }

    /** The number of a start, then how the URI goes on. */
    static Stream<byte[]> seeds() {
        return Stream.of(
                        "\1scan",
                        "\1sub/a%20b",
                        "\1link",
                        "\1inner",
                        "\1scan/x",
                        "\1scan//",
                        "\1../secret",
                        "\1%2e%2e/secret",
                        "\1x/../scan?q#f",
                        "\2x/y.dcm?signature=1",
                        "\2..;/x%2f%5c//",
                        "\3ab/x",
                        "\3%c3%a4;x/../y",
                        "\0file://host/etc/passwd",
                        "\0jar:file:/x!/y")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "", maxExecutions = 10_000)
    void uriGivesTheScanUnderItsRootOrPoison(byte[] bytes) {
        read(bytes);
    }

    private static void read(byte[] bytes) {
        int start = bytes.length == 0 ? 0 : bytes[0] & 0xFF;
        String text = start < STARTS.size()
                ? STARTS.get(start) + new String(bytes, Math.min(1, bytes.length), Math.max(0, bytes.length - 1), UTF_8)
                : new String(bytes, UTF_8);
        try {
            Payload payload = READER.read(new ClaimCheck(text, Sha256.hex(SCAN), (long) SCAN.length));
            assertThat(payload.content()).isEqualTo(SCAN);
        } catch (PoisonRecordException e) {
            assertThat(e.reason())
                    .as("the secret was read, or the store is not well")
                    .isNotIn("digest-mismatch");
        }
        try {
            URI uri = new URI(text);
            checkWeb(uri);
            checkBucket(uri);
        } catch (URISyntaxException e) {
            // The reader has said so above.
        }
    }

    /** Whatever resolves the path, in whatever order, stays on the host and in the folder. */
    private static void checkWeb(URI uri) {
        if (!WEB.covers(uri)) {
            return;
        }
        URI asked = HttpRequest.newBuilder(uri).build().uri();
        assertThat(asked.getHost()).isEqualTo("127.0.0.1");
        assertThat(asked.getPort()).isEqualTo(9);
        assertThat(asked.normalize().getRawPath()).startsWith("/scans/");
        // The folder itself may be asked for: it is no scan, and nothing outside.
        assertThat(resolved(asked.getPath()) + "/").startsWith("/scans/");
    }

    private static void checkBucket(URI uri) {
        BUCKET.keyOf(uri).ifPresent(key -> {
            assertThat(key).startsWith("received/");
            assertThat(resolved(key) + "/").startsWith("/received/");
            assertThat(BUCKET.keyOf(BUCKET.uri(key.substring("received/".length()))))
                    .contains(key);
        });
    }

    /** What a file system would make of a path. */
    private static String resolved(String path) {
        var names = new ArrayDeque<String>();
        for (String name : path.split("/", -1)) {
            if (name.equals("..")) {
                names.pollLast();
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return "/" + String.join("/", names);
    }

    private static Path makeFolder() {
        try {
            Path parent = Files.createTempDirectory("claim-uri-fuzz");
            Path folder = Files.createDirectories(parent.resolve("scans"));
            Path secret = Files.write(parent.resolve("secret"), SECRET);
            Path scan = Files.write(folder.resolve("scan"), SCAN);
            Path sub = Files.createDirectory(folder.resolve("sub"));
            Path spaced = Files.write(sub.resolve("a b"), SCAN);
            Path link = Files.createSymbolicLink(folder.resolve("link"), secret);
            Path inner = Files.createSymbolicLink(folder.resolve("inner"), scan);
            Stream.of(parent, folder, secret, scan, sub, spaced, link, inner)
                    .forEach(path -> path.toFile().deleteOnExit());
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
