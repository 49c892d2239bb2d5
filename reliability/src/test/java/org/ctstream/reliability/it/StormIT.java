package org.ctstream.reliability.it;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The storm in its short form: minutes would be long enough for all sorts of blows, seconds are for some. */
@Timeout(300)
class StormIT {
    @TempDir
    private Path folder;

    @Test
    void everyScanIsStoredOnceThoughServicesAndABrokerOfThreeAreKilled() {
        new ProgramRun(folder)
                .mustHold(
                        "storm",
                        "--count",
                        "600",
                        "--strike-every-ms",
                        "1500",
                        "--down-ms",
                        "1000",
                        "--workers",
                        "2",
                        "--least-blows",
                        "8");
    }

    @Test
    void everyScanIsStoredOnceInQueueModeThoughServicesAreKilled() {
        new ProgramRun(folder)
                .mustHold(
                        "storm",
                        "--mode",
                        "queue",
                        "--count",
                        "300",
                        "--brokers",
                        "1",
                        "--ingests",
                        "1",
                        "--workers",
                        "2",
                        "--strike-every-ms",
                        "1500",
                        "--down-ms",
                        "1000",
                        "--least-blows",
                        "6");
    }
}
