package org.ctstream.service.metrics;

import java.util.List;

/**
 * A meter that is declared before it is used. Each service has an enum of its own, beside {@link CommonMeter}; there is no
 * other way to make a meter of ctstream's, so {@code docs/metrics.md}, which is written from these enums, has them all.
 */
public interface MeterDefinition {
    MeterSpec spec();

    /** Who has it, by the values of the label {@code service}. */
    List<String> services();
}
