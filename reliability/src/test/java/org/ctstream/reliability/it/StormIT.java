package org.ctstream.reliability.it;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The storm in its short form: each kind of process is killed once at least. */
@Timeout(400)
class StormIT {
    @TempDir
    private Path folder;

    @Test
    void everyScanIsStoredOnceThoughServicesAndABrokerOfThreeAreKilled() {
        mustHold("--count 200 --least-blows 4 --strike-every-ms 1500 --down-ms 1000 --workers 2 --ingests 1");
    }

    @Tag("long")
    @Test
    void everyScanIsStoredOnceInQueueModeThoughServicesAreKilled() {
        mustHold(
                "--mode queue --count 200 --least-blows 4 --strike-every-ms 1500 --down-ms 1000 --brokers 1 --workers 2"
                        + " --ingests 1");
    }

    private void mustHold(String options) {
        new ProgramRun(folder).mustHold(("storm " + options).split(" "));
    }
}
