package org.ctstream.service.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ctstream.service.error.PoisonRecordException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileRootTest {
    private static final byte[] SCAN = {1, 2, 3};

    @TempDir
    private Path folder;

    private Path scans = Path.of("");
    private FileRoot root = new FileRoot(scans);

    @BeforeEach
    void makeRoot() throws Exception {
        scans = Files.createDirectory(folder.resolve("scans"));
        root = new FileRoot(scans);
        Files.write(folder.resolve("secret"), SCAN);
    }

    @Test
    void fileUnderTheRootIsRead() throws Exception {
        Path file = Files.write(scans.resolve("a b.dcm"), SCAN);

        assertThat(root.covers(file.toUri())).isTrue();
        assertThat(root.read(file.toUri(), SCAN.length)).isEqualTo(SCAN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../secret", "%2e%2e/secret", "x/../../secret", "../scans-2/x", "a%00b", "x?query", "x#fragment"
            })
    void uriThatLeavesTheRootOrIsNoPathIsNotCovered(String relative) {
        assertThat(root.covers(URI.create(scans.toUri() + relative))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"file://host/etc/passwd", "file:etc", "http:/x", "jar:file:/x!/y"})
    void uriOfAnotherKindIsNotCovered(String uri) {
        assertThat(root.covers(URI.create(uri))).isFalse();
    }

    @Test
    void symbolicLinkOutOfTheRootIsRefused() throws Exception {
        Path link = Files.createSymbolicLink(scans.resolve("link"), folder.resolve("secret"));

        assertPoison("outside-roots", link.toUri());
    }

    @Test
    void symbolicLinkWithinTheRootIsFollowed() throws Exception {
        Path file = Files.write(scans.resolve("scan"), SCAN);
        Path link = Files.createSymbolicLink(scans.resolve("link"), file);

        assertThat(root.read(link.toUri(), SCAN.length)).isEqualTo(SCAN);
    }

    @Test
    void missingFileIsPoison() {
        assertPoison("claim-not-found", scans.resolve("gone").toUri());
    }

    @Test
    void fileBelowAFileIsPoisonAndDoesNotHoldTheStreamUp() throws Exception {
        Files.write(scans.resolve("scan"), SCAN);

        assertPoison("claim-not-found", scans.resolve("scan/x").toUri());
    }

    @Test
    void nameNoFileSystemTakesIsPoison() {
        assertPoison("bad-claim-check", scans.resolve("x".repeat(256)).toUri());
    }

    @Test
    void pathNoFileSystemTakesIsPoison() {
        assertPoison("bad-claim-check", URI.create(scans.toUri() + "x/".repeat(2_500) + "y"));
    }

    @Test
    void folderIsPoison() throws Exception {
        assertPoison(
                "claim-not-a-file", Files.createDirectory(scans.resolve("sub")).toUri());
    }

    @Test
    void otherLengthIsPoisonBeforeAnythingIsRead() throws Exception {
        Path file = Files.write(scans.resolve("scan"), new byte[5]);

        assertPoison("length-mismatch", file.toUri());
    }

    @Test
    void missingRootIsAStoreThatIsAway() throws Exception {
        Files.delete(scans);

        assertThatIOException().isThrownBy(() -> root.read(scans.resolve("scan").toUri(), SCAN.length));
    }

    private void assertPoison(String reason, URI uri) {
        assertThatExceptionOfType(PoisonRecordException.class)
                .isThrownBy(() -> root.read(uri, SCAN.length))
                .satisfies(poison -> assertThat(poison.reason()).isEqualTo(reason))
                .satisfies(poison -> assertThat(poison.remedy()).isNotBlank());
    }
}
