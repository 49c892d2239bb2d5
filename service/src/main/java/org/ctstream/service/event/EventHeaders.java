package org.ctstream.service.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The headers every ctstream record carries.
 *
 * @see "CloudEvents Kafka Protocol Binding 1.0.2, section 3.2 (binary content mode)"
 * @see "W3C Trace Context, sections 3.2 (traceparent) and 3.3 (tracestate)"
 */
public final class EventHeaders {
    public static final String TRACEPARENT = "traceparent";
    public static final String TRACESTATE = "tracestate";
    private static final int TRACEPARENT_BYTES = 55;
    private static final int TRACE_ID_BEGIN = 3;
    private static final int TRACE_ID_END = 35;
    /** What everybody should carry on at least, and we at most. */
    private static final int TRACESTATE_BYTES = 512;

    private static final Pattern TRACEPARENT_FORM =
            Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final byte[] SPEC_VERSION = "1.0".getBytes(UTF_8);

    private EventHeaders() {}

    /**
     * @param type the topic's name, which names the kind of event
     * @param id identity of the event; scan id or result id
     * @param source the service that makes the event, for example {@code ctstream/ingest}
     * @param cause headers of the record this one follows from: its trace is carried on
     */
    public static Headers following(Headers cause, String type, String id, String source, Instant time) {
        Header trace = cause.lastHeader(TRACEPARENT);
        Headers headers = attributes(type, id, source, time);
        if (trace == null || !isTraceparent(trace.value())) {
            return headers.add(TRACEPARENT, newTrace());
        }
        headers.add(TRACEPARENT, trace.value());
        Header state = cause.lastHeader(TRACESTATE);
        return state == null || !isTracestate(state.value()) ? headers : headers.add(TRACESTATE, state.value());
    }

    /** Headers of an event that starts a trace of its own. */
    public static Headers starting(String type, String id, String source, Instant time) {
        return attributes(type, id, source, time).add(TRACEPARENT, newTrace());
    }

    /** The trace a record belongs to, 32 hexadecimal digits, for the log; empty if it names none. */
    public static String traceId(Headers headers) {
        Header trace = headers.lastHeader(TRACEPARENT);
        return trace == null || !isTraceparent(trace.value())
                ? ""
                : new String(trace.value(), UTF_8).substring(TRACE_ID_BEGIN, TRACE_ID_END);
    }

    private static Headers attributes(String type, String id, String source, Instant time) {
        return new RecordHeaders()
                .add("ce_specversion", SPEC_VERSION)
                .add("ce_id", id.getBytes(UTF_8))
                .add("ce_type", type.getBytes(UTF_8))
                .add("ce_source", source.getBytes(UTF_8))
                .add("ce_time", time.toString().getBytes(UTF_8));
    }

    /** Only a well-formed one is carried on: a header is the publisher's to write, and has no bound of its own. */
    private static boolean isTraceparent(byte @Nullable [] value) {
        return value != null
                && value.length == TRACEPARENT_BYTES
                && TRACEPARENT_FORM.matcher(new String(value, UTF_8)).matches();
    }

    private static boolean isTracestate(byte @Nullable [] value) {
        if (value == null || value.length == 0 || value.length > TRACESTATE_BYTES) {
            return false;
        }
        for (byte one : value) {
            if (one < ' ' || one > '~') {
                return false;
            }
        }
        return true;
    }

    private static byte[] newTrace() {
        var random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        // "or 1" because the specification forbids identifiers of all zeros.
        String trace = hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong() | 1);
        return ("00-" + trace + "-" + hex.toHexDigits(random.nextLong() | 1) + "-00").getBytes(UTF_8);
    }
}
