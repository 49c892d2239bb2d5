package org.ctstream.service.metrics;

/** What a meter is, and so how Prometheus shows it. */
public enum MeterKind {
    /** Grows from 0 at the start of the process; {@code _total}. */
    COUNTER("counter"),
    /** Up and down. */
    GAUGE("gauge"),
    /** Times in seconds: {@code _count}, {@code _sum}, {@code _max} and quantiles. */
    TIMER("summary"),
    /** Sizes: {@code _count}, {@code _sum} and {@code _max}. */
    SUMMARY("summary");

    private final String prometheusType;

    MeterKind(String prometheusType) {
        this.prometheusType = prometheusType;
    }

    /** As it stands in a {@code # TYPE} line. */
    public String prometheusType() {
        return prometheusType;
    }
}
