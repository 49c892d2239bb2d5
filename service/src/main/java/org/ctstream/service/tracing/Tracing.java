package org.ctstream.service.tracing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.ctstream.service.event.EventHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Makes a span of each step of a scan's way and lets the next step's record name it as its parent.
 *
 * <p>Spans are sent by a thread of their own from a bounded queue: a collector that is slow or away costs spans, never a
 * scan. Without a collector nothing is made at all, and traces are carried on as they come. What is tried again, as a
 * record Kafka did not take, has a span for each try; the parent of what follows is the last.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 *
 * @see "W3C Trace Context, sections 3.2 (traceparent) and 3.3 (tracestate)"
 * @see "OpenTelemetry semantic conventions for messaging spans"
 */
public final class Tracing implements AutoCloseable {
    private static final W3CTraceContextPropagator FORMAT = W3CTraceContextPropagator.getInstance();
    private static final Getter GETTER = new Getter();

    private final @Nullable Tracer tracer;
    private final Runnable end;

    private Tracing(@Nullable Tracer tracer, Runnable end) {
        this.tracer = tracer;
        this.end = end;
    }

    /** @param end sends what is left and lets go of what sends it */
    static Tracing by(OpenTelemetry telemetry, Runnable end) {
        return new Tracing(telemetry.getTracer("org.ctstream"), end);
    }

    /** Makes no span; traces are carried on as they come. */
    public static Tracing none() {
        return new Tracing(null, () -> {});
    }

    /**
     * Begins the first step of a trace.
     *
     * @param headers of the record that begins the trace: they name the step as their parent from now on, if a span is
     *     made of it
     */
    public OpenStep begin(String name, Instant begun, Attributes attributes, Headers headers) {
        if (tracer == null) {
            return OpenStep.NONE;
        }
        Span span = tracer.spanBuilder(name)
                .setNoParent()
                .setSpanKind(SpanKind.PRODUCER)
                .setStartTimestamp(begun)
                .setAllAttributes(attributes)
                .startSpan();
        inject(span, headers);
        return new OpenStep(span);
    }

    /**
     * Notes a step as done that made a record.
     *
     * @param following headers of that record, as {@link EventHeaders#following} made them: their {@code traceparent}
     *     becomes the step's, if a span is made of it, and stays as it is otherwise
     * @param step asked only if a span is made
     */
    public void done(Headers following, Supplier<Step> step) {
        if (tracer != null) {
            inject(note(tracer, following, step.get()), following);
        }
    }

    /**
     * Notes a step as done from which nothing follows.
     *
     * @param cause headers of the record it was done for
     * @param step asked only if a span is made
     */
    public void last(Headers cause, Supplier<Step> step) {
        if (tracer != null) {
            var unused = note(tracer, cause, step.get());
        }
    }

    /** Sends what is left, for some seconds at the most. */
    @Override
    public void close() {
        end.run();
    }

    private static Span note(Tracer tracer, Headers cause, Step step) {
        SpanBuilder builder = tracer.spanBuilder(step.name())
                .setParent(FORMAT.extract(Context.root(), cause, GETTER))
                .setSpanKind(SpanKind.CONSUMER)
                .setStartTimestamp(step.begun())
                .setAllAttributes(step.attributes());
        Span span = builder.startSpan();
        span.end(step.ended());
        return span;
    }

    /** One that is not sent is no parent to anybody. */
    private static void inject(Span span, Headers headers) {
        if (!span.getSpanContext().isSampled()) {
            return;
        }
        FORMAT.inject(Context.root().with(span), headers, Tracing::replace);
    }

    private static void replace(@Nullable Headers headers, String name, String value) {
        if (headers != null) {
            headers.remove(name).add(name, value.getBytes(UTF_8));
        }
    }

    /** Reads the headers of W3C Trace Context. */
    private static final class Getter implements TextMapGetter<Headers> {
        @Override
        public Iterable<String> keys(Headers headers) {
            return List.of(EventHeaders.TRACEPARENT, EventHeaders.TRACESTATE);
        }

        @Override
        public @Nullable String get(@Nullable Headers headers, String name) {
            Header header = headers == null ? null : headers.lastHeader(name);
            return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
        }
    }
}
