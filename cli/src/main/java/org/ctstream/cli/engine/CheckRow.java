package org.ctstream.cli.engine;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Locale;
import org.ctstream.model.classify.EngineDescription;
import org.ctstream.model.engine.measure.Parity;
import org.jspecify.annotations.Nullable;

/**
 * How one engine compares with the reference.
 *
 * @param result {@code same} within the tolerance, {@code different}, {@code failed}, or {@code refused} if the engine does
 *     not have an option or the network
 * @param parity null if nothing was compared
 * @param failure why not; null if something was compared
 */
@JsonPropertyOrder({"engine", "device", "version", "precision", "threads", "sessions", "slicesPerRun", "result"})
@JsonInclude(JsonInclude.Include.NON_NULL)
record CheckRow(
        String engine,
        String device,
        @Nullable String version,
        @Nullable String precision,
        @Nullable Integer threads,
        @Nullable Integer sessions,
        @Nullable Integer slicesPerRun,
        String result,
        double tolerance,
        Parity.@Nullable Report parity,
        @Nullable String failure) {

    static CheckRow compared(EngineDescription engine, Parity.Report parity, double tolerance) {
        return new CheckRow(
                engine.engine(),
                engine.device().toString(),
                engine.version(),
                engine.precision().name().toLowerCase(Locale.ROOT),
                engine.threads(),
                engine.sessions(),
                engine.slicesPerRun(),
                parity.within(tolerance) ? "same" : "different",
                tolerance,
                parity,
                null);
    }

    static CheckRow not(EngineTarget target, String result, double tolerance, String why) {
        return new CheckRow(
                target.engine(),
                target.device().toString(),
                null,
                null,
                null,
                null,
                null,
                result,
                tolerance,
                null,
                why);
    }
}
