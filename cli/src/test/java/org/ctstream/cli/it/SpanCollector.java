package org.ctstream.cli.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A collector of spans by OTLP over HTTP, which reads as much of the protobuf as it needs.
 *
 * @see "opentelemetry-proto, trace/v1/trace.proto and collector/trace/v1/trace_service.proto"
 */
final class SpanCollector implements AutoCloseable {
    private static final int RESOURCE_SPANS = 1;
    private static final int RESOURCE = 1;
    private static final int SCOPE_SPANS = 2;
    private static final int SPANS = 2;
    private static final int ATTRIBUTES_OF_A_RESOURCE = 1;
    private static final int ATTRIBUTES_OF_A_SPAN = 9;

    private final List<CollectedSpan> spans = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    SpanCollector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    /** Every span so far, by the time it came. */
    List<CollectedSpan> spans() {
        return List.copyOf(spans);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = new Message(exchange.getRequestBody().readAllBytes());
            for (Message resourceSpans : request.messages(RESOURCE_SPANS)) {
                String service = resourceSpans.messages(RESOURCE).stream()
                        .map(resource -> attributes(resource, ATTRIBUTES_OF_A_RESOURCE))
                        .map(attributes -> attributes.getOrDefault("service.name", ""))
                        .findFirst()
                        .orElse("");
                for (Message scopeSpans : resourceSpans.messages(SCOPE_SPANS)) {
                    scopeSpans.messages(SPANS).forEach(span -> spans.add(span(service, span)));
                }
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static CollectedSpan span(String service, Message span) {
        return new CollectedSpan(
                service,
                span.text(5),
                span.hex(1),
                span.hex(2),
                span.hex(4),
                span.fixed(7),
                span.fixed(8),
                attributes(span, ATTRIBUTES_OF_A_SPAN));
    }

    /** Those whose value is text. */
    private static Map<String, String> attributes(Message owner, int field) {
        var attributes = new HashMap<String, String>();
        for (Message attribute : owner.messages(field)) {
            attribute.messages(2).forEach(value -> attributes.put(attribute.text(1), value.text(1)));
        }
        return attributes;
    }

    /** A protobuf message: its fields by number, in the order they came. */
    private static final class Message {
        private static final int VARINT = 0;
        private static final int FIXED_64 = 1;
        private static final int BYTES = 2;
        private static final int FIXED_32 = 5;

        private final Map<Integer, List<byte[]>> fields = new HashMap<>();

        Message(byte[] bytes) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                long tag = varint(buffer);
                int length = switch ((int) (tag & 7)) {
                    case VARINT -> {
                        long unused = varint(buffer);
                        yield 0;
                    }
                    case FIXED_64 -> Long.BYTES;
                    case FIXED_32 -> Integer.BYTES;
                    case BYTES -> (int) varint(buffer);
                    default -> throw new IllegalArgumentException("wire type " + (tag & 7));
                };
                byte[] value = new byte[length];
                buffer.get(value);
                fields.computeIfAbsent((int) (tag >> 3), number -> new ArrayList<>())
                        .add(value);
            }
        }

        List<Message> messages(int field) {
            return bytes(field).stream().map(Message::new).toList();
        }

        String text(int field) {
            return bytes(field).stream()
                    .findFirst()
                    .map(value -> new String(value, StandardCharsets.UTF_8))
                    .orElse("");
        }

        String hex(int field) {
            return bytes(field).stream()
                    .findFirst()
                    .map(HexFormat.of()::formatHex)
                    .orElse("");
        }

        long fixed(int field) {
            return bytes(field).stream()
                    .findFirst()
                    .map(value -> ByteBuffer.wrap(value)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong())
                    .orElse(0L);
        }

        private List<byte[]> bytes(int field) {
            return fields.getOrDefault(field, List.of());
        }

        private static long varint(ByteBuffer buffer) {
            long value = 0;
            for (int shift = 0; shift < Long.SIZE; shift += 7) {
                byte part = buffer.get();
                value |= (long) (part & 0x7f) << shift;
                if (part >= 0) {
                    return value;
                }
            }
            throw new IllegalArgumentException("a varint without an end");
        }
    }
}
