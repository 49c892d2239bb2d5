package org.ctstream.service.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A step that was begun. Ended once; what comes after the first end is ignored.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class OpenStep {
    static final OpenStep NONE = new OpenStep(null);

    private final @Nullable Span span;

    OpenStep(@Nullable Span span) {
        this.span = span;
    }

    /** It is done. */
    public void done(Instant ended) {
        if (span != null) {
            span.end(ended);
        }
    }

    /** It failed; of the failure the kind alone is told, for messages may name what must not leave. */
    public void failed(Instant ended, Throwable failure) {
        if (span != null) {
            span.setStatus(StatusCode.ERROR, failure.getClass().getSimpleName());
            span.end(ended);
        }
    }
}
