package org.ctstream.cli.plan;

/**
 * What is to be planned for.
 *
 * @param scansPerHour in the busiest hour
 * @param busyHours such hours that a day has, for disks
 * @param engine of each worker
 * @param availability share of the time that enough workers are to be up
 * @param workerAvailability share of the time that one worker is up
 * @param mostUtilization of the engines that are needed, in the busiest hour
 * @param sliceBytes encoded bytes of a scan as it is published
 * @param positives share of scans that become alerts
 * @param replication copies of each record
 * @param ingestScansPerThread scans per second that one ingest thread makes
 */
record Workload(
        double scansPerHour,
        double busyHours,
        BatchCost engine,
        double availability,
        double workerAvailability,
        double mostUtilization,
        long sliceBytes,
        double positives,
        int replication,
        double ingestScansPerThread) {
    Workload {
        require(
                scansPerHour > 0 && scansPerHour <= 1e8,
                "scans per hour",
                scansPerHour,
                "above 0, at most 100 million");
        require(busyHours > 0 && busyHours <= 24, "busy hours a day", busyHours, "above 0, at most 24");
        require(availability > 0 && availability < 1, "availability", availability, "between 0 and 1, such as 0.999");
        require(
                workerAvailability > 0.5 && workerAvailability < 1,
                "availability of a worker",
                workerAvailability,
                "between 0.5 and 1, such as 0.995");
        require(mostUtilization > 0 && mostUtilization <= 0.9, "utilization", mostUtilization, "above 0, at most 0.9");
        require(sliceBytes > 0, "bytes of a slice", (double) sliceBytes, "1 or more");
        require(positives >= 0 && positives <= 1, "share of positives", positives, "0 to 1");
        require(replication >= 1 && replication <= 9, "replication factor", replication, "1 to 9");
        require(ingestScansPerThread > 0, "scans per second of an ingest thread", ingestScansPerThread, "above 0");
    }

    double scansPerSecond() {
        return scansPerHour / 3_600;
    }

    double scansPerDay() {
        return scansPerHour * busyHours;
    }

    private static void require(boolean holds, String what, double found, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(what + ": " + found + " (expected: " + expected + ")");
        }
    }
}
