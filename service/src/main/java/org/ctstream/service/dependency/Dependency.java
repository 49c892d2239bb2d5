package org.ctstream.service.dependency;

import java.util.function.Supplier;

/**
 * Something a service depends on.
 *
 * @param part name on {@code /readyz} and, as the tag {@code dependency}, of the metric; of the watch alone
 * @param what for people, with where it is expected: {@code Kafka at host:9092}
 * @param need what its absence means for the service
 * @param meanwhile what the service does while it is away, for people
 * @param probe makes the probe, on the thread that asks
 */
public record Dependency(String part, String what, Need need, String meanwhile, Supplier<Probe> probe) {
    /** What the absence of a dependency means. */
    public enum Need {
        /** The service is not ready without it. */
        TO_WORK,
        /** The service works without it, and could not start: a note says so, and it stays ready. */
        TO_START
    }
}
