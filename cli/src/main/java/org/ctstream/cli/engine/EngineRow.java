package org.ctstream.cli.engine;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.ctstream.model.classify.Availability;
import org.jspecify.annotations.Nullable;

/**
 * Whether an engine runs on a device.
 *
 * @param detail what was found; null if it is not available
 * @param reason what is missing; null if it is available
 * @param remedy what to install or choose instead; null if it is available
 */
@JsonPropertyOrder({"engine", "device", "available", "version", "detail", "reason", "remedy"})
@JsonInclude(JsonInclude.Include.NON_NULL)
record EngineRow(
        String engine,
        String device,
        boolean available,
        @Nullable String version,
        @Nullable String detail,
        @Nullable String reason,
        @Nullable String remedy) {

    static EngineRow of(EngineTarget target) {
        String device = target.device().toString();
        if (target.availability() instanceof Availability.Missing missing) {
            return new EngineRow(target.engine(), device, false, null, null, missing.reason(), missing.remedy());
        }
        var available = (Availability.Available) target.availability();
        return new EngineRow(target.engine(), device, true, available.version(), available.detail(), null, null);
    }

    /** What people should know of it. */
    String note() {
        return available ? String.valueOf(detail) : reason + "; " + remedy;
    }
}
