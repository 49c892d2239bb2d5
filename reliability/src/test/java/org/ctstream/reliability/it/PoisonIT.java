package org.ctstream.reliability.it;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class PoisonIT {
    @TempDir
    private Path folder;

    @Test
    void oneBadRecordOfThirtyTwoCostsTheOthersNothing() {
        new ProgramRun(folder).mustHold("poison", "--batches", "10");
    }
}
