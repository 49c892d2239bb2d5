package org.ctstream.cli.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The log as the program's own logback.xml writes it. */
class LogLineEncoderTest {
    private final ObjectMapper mapper = new ObjectMapper();

    @Test
    void anEventIsAJsonObjectWithItsPairsAsFields() throws Exception {
        List<String> lines = written(
                "json",
                log -> log.atInfo()
                        .addKeyValue("scanId", "scan-1")
                        .addKeyValue("traceId", "0af7651916cd43dd8448eb211c80319c")
                        .addKeyValue("partition", 3)
                        .addKeyValue("level", "of the pair")
                        .log("Scan normalized"));

        assertThat(lines).hasSize(1);
        JsonNode event = mapper.readTree(lines.get(0));
        assertThat(event.path("message").asText()).isEqualTo("Scan normalized");
        assertThat(event.path("level").asText()).isEqualTo("INFO");
        assertThat(event.path("level_").asText()).isEqualTo("of the pair");
        assertThat(event.path("scanId").asText()).isEqualTo("scan-1");
        assertThat(event.path("traceId").asText()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(event.path("partition").isInt()).isTrue();
        assertThat(event.path("time").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
        assertThat(event.has("error")).isFalse();
    }

    @Test
    void lineBreaksAndAStackTraceStayWithinTheLine() throws Exception {
        List<String> lines = written(
                "json",
                log -> log.atError()
                        .setCause(new IllegalStateException("first\nsecond \"quoted\""))
                        .log("It\nfailed"));

        assertThat(lines).hasSize(1);
        JsonNode event = mapper.readTree(lines.get(0));
        assertThat(event.path("message").asText()).isEqualTo("It\nfailed");
        assertThat(event.path("error").asText()).isEqualTo("java.lang.IllegalStateException: first\nsecond \"quoted\"");
        assertThat(event.path("stack").asText()).contains("at org.ctstream.cli.logging.LogLineEncoderTest");
    }

    @Test
    void withoutAFormatAndWithAnUnknownOneItIsText() throws Exception {
        for (String format : List.of("", "text", "xml")) {
            assertThat(written(
                            format,
                            log -> log.atInfo().addKeyValue("scanId", "scan-1").log("Scan normalized")))
                    .singleElement()
                    .asString()
                    .endsWith(" INFO  LogLineEncoderTest Scan normalized scanId=\"scan-1\"");
        }
    }

    /** What the console gets; {@code format} as the environment gives it, none if empty. */
    private static List<String> written(String format, Consumer<Logger> events) throws Exception {
        var context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        if (!format.isEmpty()) {
            context.putProperty("CTSTREAM_LOG_FORMAT", format);
        }
        var configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(LogLineEncoderTest.class.getResource("/logback.xml"));
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var console = (ConsoleAppender<?>) root.getAppender("stderr");
        var bytes = new ByteArrayOutputStream();
        ((OutputStreamAppender<?>) console).setOutputStream(bytes);
        Logger log = context.getLogger(LogLineEncoderTest.class);
        log.setLevel(Level.INFO);
        try {
            events.accept(log);
        } finally {
            context.stop();
        }
        return new ArrayList<>(bytes.toString(UTF_8).lines().toList());
    }
}
