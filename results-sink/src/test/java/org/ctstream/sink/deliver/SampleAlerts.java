package org.ctstream.sink.deliver;

import java.time.Instant;
import org.ctstream.sink.store.AlertedScan;
import org.jspecify.annotations.Nullable;

/** Alerts with a known content. */
public final class SampleAlerts {
    public static final Instant RECEIVED = Instant.parse("2026-11-23T09:59:58.125Z");

    private SampleAlerts() {}

    public static AlertedScan alert(String alertId) {
        return alert(alertId, "CT-EAST", "pseudonym-7", true);
    }

    public static AlertedScan alert(String alertId, String source, @Nullable String patientRef, boolean modelTrained) {
        return new AlertedScan(
                alertId,
                "scan-1",
                "2.25.1",
                "2.25.2",
                "2.25.3",
                patientRef,
                source,
                "STAT",
                0.875,
                0.5,
                "densenet169",
                "1.1.0",
                "cd".repeat(32),
                modelTrained,
                null,
                RECEIVED,
                RECEIVED.plusMillis(80),
                RECEIVED.plusMillis(120));
    }
}
