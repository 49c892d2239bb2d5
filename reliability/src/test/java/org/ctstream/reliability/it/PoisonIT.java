package org.ctstream.reliability.it;

import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class PoisonIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"exactly-once", "queue"})
    void oneBadRecordOfThirtyTwoCostsTheOthersNothing(String mode) {
        new ProgramRun(folder).mustHold("poison", "--mode", mode, "--batches", "10");
    }
}
