package org.ctstream.cli.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * An event of the log as one JSON object: {@code time}, {@code level}, {@code logger}, {@code thread}, {@code message}, each
 * key-value pair as a field of its own ({@code scanId}, {@code traceId} …), and {@code error} with its stack.
 */
final class JsonLine {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> OURS = Set.of("time", "level", "logger", "thread", "message", "error", "stack");
    private static final int LONGEST_STACK = 8_000;

    private JsonLine() {}

    static String of(ILoggingEvent event) {
        var text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("time", event.getInstant().toString());
            json.writeStringField("level", event.getLevel().toString());
            json.writeStringField("logger", event.getLoggerName());
            json.writeStringField("thread", event.getThreadName());
            json.writeStringField("message", event.getFormattedMessage());
            writePairs(json, event.getKeyValuePairs());
            writeError(json, event.getThrowableProxy());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** A pair that comes twice, or under one of our names, keeps its value under a name that is free. */
    private static void writePairs(JsonGenerator json, @Nullable List<KeyValuePair> pairs) throws IOException {
        var taken = new TreeSet<>(OURS);
        for (KeyValuePair pair : pairs == null ? List.<KeyValuePair>of() : pairs) {
            String name = pair.key;
            while (!taken.add(name)) {
                name += "_";
            }
            json.writeFieldName(name);
            Object value = pair.value;
            if (value instanceof Integer || value instanceof Long) {
                json.writeNumber(((Number) value).longValue());
            } else if (value instanceof Boolean yes) {
                json.writeBoolean(yes);
            } else {
                json.writeString(String.valueOf(value));
            }
        }
    }

    private static void writeError(JsonGenerator json, @Nullable IThrowableProxy error) throws IOException {
        if (error != null) {
            json.writeStringField("error", error.getClassName() + ": " + error.getMessage());
            String stack = ThrowableProxyUtil.asString(error);
            json.writeStringField("stack", stack.substring(0, Math.min(stack.length(), LONGEST_STACK)));
        }
    }
}
