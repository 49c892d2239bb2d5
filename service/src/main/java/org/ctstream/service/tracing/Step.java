package org.ctstream.service.tracing;

import io.opentelemetry.api.common.Attributes;
import java.time.Instant;

/**
 * One step of a scan's way, when it is done.
 *
 * @param name of few values, for example {@code normalize}
 * @param begun when it was begun
 * @param ended when it was done; not before {@code begun}
 * @param attributes pseudonyms and measures alone; nothing here may name a patient
 */
public record Step(String name, Instant begun, Instant ended, Attributes attributes) {
    public Step {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a step without a name");
        }
        if (ended.isBefore(begun)) {
            // Clocks of different machines: the span then has no length, and its place is where it ended.
            begun = ended;
        }
    }
}
