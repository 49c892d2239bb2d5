package org.ctstream.cli.publish.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.ctstream.cli.CliException;
import org.ctstream.publisher.claims.ScanPayloads;
import org.ctstream.schemas.avro.ClaimCheck;
import org.ctstream.schemas.avro.InlinePayload;
import org.ctstream.service.claims.ClaimStore;
import org.ctstream.service.fetch.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class LargeScanTest {
    private static final int MAX_RECORD = 10_000;

    @TempDir
    private Path folder;

    @Test
    void scanAboveTheSizeIsKeptBeforeItsClaimCheckIsMade() throws IOException {
        byte[] scan = {1, 2, 3, 4};
        try (ClaimStore store =
                Objects.requireNonNull(options("--claim-above", "3").open())) {
            Object payload =
                    options("--claim-above", "3").payloads(MAX_RECORD, store).of(scan);

            ClaimCheck claim = (ClaimCheck) payload;
            assertThat(claim.getLength()).isEqualTo(4);
            assertThat(claim.getSha256()).isEqualTo(Sha256.hex(scan));
            assertThat(Files.readAllBytes(Path.of(URI.create(claim.getUri())))).isEqualTo(scan);
        }
    }

    @Test
    void scanOfTheSizeTravelsInItsRecord() throws IOException {
        try (ClaimStore store =
                Objects.requireNonNull(options("--claim-above", "3").open())) {
            assertThat(options("--claim-above", "3").payloads(MAX_RECORD, store).of(new byte[3]))
                    .isInstanceOf(InlinePayload.class);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void withoutASizeWhatDoesNotSurelyFitARecordIsKept() {
        ScanPayloads payloads = options().payloads(MAX_RECORD, options().open());

        assertThat(payloads.above()).isEqualTo(MAX_RECORD - 8 * 1024);
        assertThat(payloads.takes(100L << 20)).isTrue();
        assertThat(payloads.takes((1L << 30) + 1)).isFalse();
    }

    @Test
    void withoutAStoreTheRefusalOfALargeScanNamesTheRemedy() {
        ScanPayloads payloads = new ClaimOptions().payloads(MAX_RECORD, null);

        assertThat(payloads.takes(MAX_RECORD)).isTrue();
        assertThat(payloads.takes(MAX_RECORD + 1)).isFalse();
        assertThat(payloads.refusal(MAX_RECORD + 1, "ct.scan.received", MAX_RECORD))
                .contains("--claim-store");
    }

    @Test
    void scanThatIsNotKeptIsNotPublished() throws IOException {
        ClaimOptions options = options("--claim-above", "0");
        try (ClaimStore store = Objects.requireNonNull(options.open())) {
            Files.delete(folder);

            assertThatIOException()
                    .isThrownBy(() -> options.payloads(MAX_RECORD, store).of(new byte[1]))
                    .withMessageContaining("not published")
                    .withMessageContaining(folder.toUri().toString().replaceAll("/$", ""));
        }
    }

    @ParameterizedTest
    @CsvSource({"-1", "1809"})
    void sizeThatLeavesScansWithoutAWayIsRefused(String above) {
        ClaimOptions options = options("--claim-above", above);

        assertThatExceptionOfType(CliException.class)
                .isThrownBy(() -> options.payloads(MAX_RECORD, options.open()))
                .withMessageContaining("0 to 1808");
    }

    @Test
    void sizeWithoutAStoreIsRefused() {
        ClaimOptions options = CommandLine.populateCommand(new ClaimOptions(), "--claim-above", "3");

        assertThatExceptionOfType(CliException.class).isThrownBy(options::open).withMessageContaining("--claim-store");
    }

    private ClaimOptions options(String... more) {
        String[] arguments = Stream.concat(
                        Stream.of("--claim-store", folder.toUri().toString()), Stream.of(more))
                .toArray(String[]::new);
        return CommandLine.populateCommand(new ClaimOptions(), arguments);
    }
}
