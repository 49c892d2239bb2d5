package org.ctstream.service.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class EventHeadersTest {
    @Test
    void startedTraceIsCarriedOn() {
        Headers first = EventHeaders.starting("ct.scan.received", "scan-1", "ctstream/publish", Instant.EPOCH);
        Headers next = EventHeaders.following(first, "ct.scan.normalized", "scan-1", "ctstream/ingest", Instant.EPOCH);

        assertThat(text(first, "traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00");
        assertThat(text(next, "traceparent")).isEqualTo(text(first, "traceparent"));
        assertThat(text(next, "ce_type")).isEqualTo("ct.scan.normalized");
        assertThat(text(next, "ce_id")).isEqualTo("scan-1");
        assertThat(text(next, "ce_specversion")).isEqualTo("1.0");
        assertThat(text(next, "ce_time")).isEqualTo("1970-01-01T00:00:00Z");
    }

    @Test
    void traceIdIsThatOfTheTraceparentOrNothing() {
        Headers headers = EventHeaders.starting("t", "i", "s", Instant.EPOCH);
        assertThat(text(headers, "traceparent")).startsWith("00-" + EventHeaders.traceId(headers) + "-");
        assertThat(EventHeaders.traceId(headers)).hasSize(32);
        assertThat(EventHeaders.traceId(new RecordHeaders().add("traceparent", new byte[] {1})))
                .isEmpty();
        assertThat(EventHeaders.traceId(new RecordHeaders())).isEmpty();
    }

    @Test
    void recordWithoutTraceStartsOne() {
        Headers next = EventHeaders.following(new RecordHeaders(), "t", "i", "s", Instant.EPOCH);

        assertThat(text(next, "traceparent")).startsWith("00-");
    }

    @Test
    void traceThatIsNotOneIsReplaced() {
        Headers hostile =
                new RecordHeaders().add("traceparent", "x".repeat(2_000_000).getBytes(UTF_8));

        Headers next = EventHeaders.following(hostile, "t", "i", "s", Instant.EPOCH);

        assertThat(text(next, "traceparent")).hasSize(55);
    }

    @Test
    void stateOfATraceIsCarriedOnWithItAndOnlyWhereItIsShortText() {
        Headers first = EventHeaders.starting("t", "i", "s", Instant.EPOCH);
        Headers hostile = EventHeaders.starting("t", "i", "s", Instant.EPOCH)
                .add("tracestate", "v=".concat("1".repeat(600)).getBytes(UTF_8));
        Headers broken = EventHeaders.starting("t", "i", "s", Instant.EPOCH).add("tracestate", "v=\n".getBytes(UTF_8));
        first.add("tracestate", "vendor=00f067aa0ba902b7".getBytes(UTF_8));
        Headers lost = new RecordHeaders().add("tracestate", "vendor=1".getBytes(UTF_8));

        assertThat(text(EventHeaders.following(first, "t", "i", "s", Instant.EPOCH), "tracestate"))
                .isEqualTo("vendor=00f067aa0ba902b7");
        assertThat(List.of(hostile, broken, lost))
                .allSatisfy(cause -> assertThat(EventHeaders.following(cause, "t", "i", "s", Instant.EPOCH)
                                .headers("tracestate"))
                        .isEmpty());
    }

    private static String text(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), UTF_8);
    }
}
