package org.ctstream.cli.publish;

import static org.assertj.core.api.Assertions.assertThat;

import org.ctstream.cli.CliRun;
import org.ctstream.cli.ExitCodes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishCommandTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 257})
    void sourceNameThatIngestWouldRefuseIsAUsageErrorBeforeAnythingIsPublished(int length) {
        CliRun run = CliRun.of("publish", "--source-name", "x".repeat(length), ".");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("--source-name", length + " characters", "1 to 256");
    }
}
