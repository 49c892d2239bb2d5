package org.ctstream.cli.logging;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.Locale;

/**
 * One line for each event: text by a pattern, or a JSON object ({@link JsonLine}) where {@code CTSTREAM_LOG_FORMAT} is
 * {@code json}.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads once it is started.
 */
public final class LogLineEncoder extends PatternLayoutEncoder {
    private String format = "text";
    private boolean json;

    /** {@code text} or {@code json}; logback sets it by name. */
    public void setFormat(String format) {
        this.format = format.strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public void start() {
        json = format.equals("json");
        if (!json && !format.equals("text")) {
            addWarn("CTSTREAM_LOG_FORMAT = " + format + " (expected: text or json); events are written as text");
        }
        super.start();
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        return json ? (JsonLine.of(event) + "\n").getBytes(UTF_8) : super.encode(event);
    }
}
