package org.ctstream.reliability.cluster;

import java.nio.file.Path;
import java.util.Map;

/**
 * What the services run on.
 *
 * @param folder for everything
 * @param brokers Kafka nodes, 1 or more
 * @param partitions of the scan topics; 0 takes the catalogue's number
 * @param postgres whether the sink's database is a server of its own, else H2 inside the sink
 * @param overrides broker configuration by Kafka's own keys
 */
public record PlatformPlan(Path folder, int brokers, int partitions, boolean postgres, Map<String, String> overrides) {
    public PlatformPlan {
        overrides = Map.copyOf(overrides);
    }

    /** One broker, H2. */
    public static PlatformPlan small(Path folder, int partitions) {
        return new PlatformPlan(folder, 1, partitions, false, Map.of());
    }

    public PlatformPlan withBrokers(int count) {
        return new PlatformPlan(folder, count, partitions, postgres, overrides);
    }

    public PlatformPlan withPostgres(boolean wanted) {
        return new PlatformPlan(folder, brokers, partitions, wanted, overrides);
    }
}
