package org.ctstream.service.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.ctstream.schemas.avro.ClaimCheck;
import org.ctstream.service.fetch.ClaimRoots;
import org.ctstream.service.fetch.PayloadReader;
import org.ctstream.service.fetch.Sha256;
import org.ctstream.service.objectstore.S3Server;
import org.ctstream.service.objectstore.S3Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimStoresTest {
    private static final byte[] SCAN = {1, 2, 3};
    private static final String DIGEST = Sha256.hex(SCAN);

    @TempDir
    private Path folder;

    @Test
    void scanKeptInAFolderIsReadBackUnderThatRoot() throws IOException {
        try (ClaimStore store = ClaimStores.open(folder.toUri())) {
            URI uri = store.put(SCAN, DIGEST);

            assertThat(uri).isEqualTo(folder.resolve("03").resolve(DIGEST).toUri());
            assertThat(readBack(folder.toUri(), uri)).isEqualTo(SCAN);
        }
    }

    @Test
    void scanKeptInABucketIsReadBackUnderThatRoot() throws IOException {
        URI root = URI.create("s3://scans/received");
        try (S3Server server = new S3Server();
                S3Settings settings = S3Settings.of(server);
                ClaimStore store = ClaimStores.open(root)) {
            URI uri = store.put(SCAN, DIGEST);

            assertThat(uri).hasToString("s3://scans/received/03/" + DIGEST);
            assertThat(readBack(root, uri)).isEqualTo(SCAN);
            assertThat(server.badSignatures()).isZero();
            assertThat(settings).isNotNull();
        }
    }

    @Test
    void sameScanAgainIsKeptOnceAndIsYoungAgain() throws IOException {
        try (ClaimStore store = ClaimStores.open(folder.toUri())) {
            Path file = Path.of(store.put(SCAN, DIGEST));
            Files.setLastModifiedTime(file, FileTime.fromMillis(0));

            store.put(SCAN, DIGEST);

            assertThat(filesBelow(folder)).containsExactly(file);
            assertThat(Files.getLastModifiedTime(file).toMillis()).isPositive();
        }
    }

    @Test
    void failedWriteLeavesNothingBehindAndNamesNoScan() throws IOException {
        // A folder stands where the scan belongs, so that the last step, the rename, fails.
        Path inTheWay =
                Files.createDirectories(folder.resolve("03").resolve(DIGEST).resolve("x"));
        try (ClaimStore store = ClaimStores.open(folder.toUri())) {
            assertThatIOException()
                    .isThrownBy(() -> store.put(SCAN, DIGEST))
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain(DIGEST));
        }
        assertThat(inTheWay).exists();
        assertThat(filesBelow(folder)).isEmpty();
    }

    @Test
    void folderThatVanishedIsNotMadeAnew() throws IOException {
        Path share = Files.createDirectory(folder.resolve("share"));
        try (ClaimStore store = ClaimStores.open(share.toUri())) {
            Files.delete(share);

            assertThatIOException().isThrownBy(() -> store.put(SCAN, DIGEST)).withMessageContaining("gone");
        }
        assertThat(share).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 503})
    void bucketThatTakesNothingIsAnErrorWithItsAnswer(int status) throws IOException {
        try (S3Server server = new S3Server();
                S3Settings settings = S3Settings.of(server);
                ClaimStore store = ClaimStores.open(URI.create("s3://scans"))) {
            server.fail(status, "SomeCode");

            assertThatIOException()
                    .isThrownBy(() -> store.put(SCAN, DIGEST))
                    .withMessageContaining(status + " SomeCode");
            assertThat(settings).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://x/y", "file:///no/such/folder", "s3:///", "scans", "s3://scans/../x"})
    void uriOfNoStoreIsRefusedWithAnExample(String uri) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClaimStores.open(URI.create(uri)))
                .withMessageContaining("s3://scans/received/");
    }

    private static byte[] readBack(URI root, URI uri) {
        Duration timeout = Duration.ofSeconds(5);
        try (var reader = new PayloadReader(ClaimRoots.of(List.of(root.toString()), timeout), 1_000, timeout, 1)) {
            return reader.read(new ClaimCheck(uri.toString(), DIGEST, (long) SCAN.length))
                    .content();
        }
    }

    private static List<Path> filesBelow(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile).toList();
        }
    }
}
