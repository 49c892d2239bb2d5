package org.ctstream.cli.alerts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ctstream.cli.Ctstream;
import org.ctstream.cli.ExitCodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The commands against answers as the sink gives them; WebhooksApiTest in results-sink holds the sink to those. */
class AlertsCommandTest {
    private static final String ROW = "{\"alertId\":\"a1\",\"scanId\":\"s1\",\"endpoint\":\"ward\",\"state\":\"DEAD\","
            + "\"alertedAt\":\"2026-11-23T10:00:00Z\",\"attempts\":80,\"nextAttemptAt\":\"2026-11-25T10:00:00Z\","
            + "\"lastAttemptAt\":\"2026-11-25T10:00:00Z\",\"reason\":\"http-500\",\"suppressedBy\":null,\"replays\":0}";

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private HttpServer sink;
    private String url = "";

    @BeforeEach
    void serve() throws Exception {
        sink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sink.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            String answer = exchange.getRequestURI().getPath().equals("/api/webhooks")
                    ? "{\"endpoints\":[{\"name\":\"ward\",\"enabled\":true,\"pending\":2,"
                            + "\"oldestPending\":\"2026-11-23T10:00:00Z\",\"dead\":1,\"suppressed\":4}]}"
                    : "{\"executed\":true,\"deliveries\":[" + ROW + "]}";
            byte[] body = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        sink.start();
        url = "http://127.0.0.1:" + sink.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        sink.stop(0);
    }

    @Test
    void listShowsEndpointsAndTheDeadWithTheReason() {
        assertThat(run("alerts", "list", "--endpoint", "ward", "--since", "2026-11-23T00:00:00Z"))
                .isEqualTo(ExitCodes.OK);

        assertThat(asked.get(0)).startsWith("GET /api/webhooks/dead?endpoint=ward&since=2026-11-23T00%3A00%3A00Z");
        assertThat(out.toString())
                .containsPattern("ward +yes +2 +2026-11-23T10:00:00Z +1 +4")
                .containsPattern("a1 +s1 +ward +2026-11-23T10:00:00Z +80 +http-500");
    }

    @Test
    void listAsJsonIsOneLinePerAlert() {
        assertThat(run("alerts", "list", "--json", "--state", "dead")).isEqualTo(ExitCodes.OK);

        assertThat(out.toString().lines())
                .singleElement()
                .satisfies(line -> assertThat(line).contains("\"alertId\":\"a1\""));
    }

    @Test
    void aDryRunAsksForALookOnly() {
        assertThat(run("alerts", "replay", "--dry-run")).isEqualTo(ExitCodes.OK);

        assertThat(asked)
                .singleElement()
                .satisfies(request -> assertThat(request)
                        .startsWith("POST /api/webhooks/replay")
                        .contains("\"state\":\"dead\"")
                        .contains("\"execute\":false"));
        assertThat(out.toString()).contains("Would be sent once more: 1");
    }

    @Test
    void executeSaysWhoAndWhy() {
        assertThat(run("alerts", "replay", "--execute", "--reason", "receiver mended", "--by", "ann"))
                .isEqualTo(ExitCodes.OK);

        assertThat(asked.get(0))
                .contains("\"execute\":true")
                .contains("\"by\":\"ann\"")
                .contains("\"reason\":\"receiver mended\"");
        assertThat(out.toString()).contains("Sent once more: 1");
    }

    @Test
    void executeWithoutAReasonAsksForOneAndSendsNothing() {
        assertThat(run("alerts", "replay", "--execute")).isEqualTo(ExitCodes.USAGE);

        assertThat(err.toString()).contains("--reason");
        assertThat(asked).isEmpty();
    }

    @Test
    void aSinkThatIsAwayIsNamed() {
        url = "http://127.0.0.1:1";

        assertThat(run("alerts", "list")).isEqualTo(ExitCodes.FAILURE);

        assertThat(err.toString()).contains("does not answer on http://127.0.0.1:1");
    }

    private int run(String... arguments) {
        CommandLine command = Ctstream.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        var all = new ArrayList<>(List.of(arguments));
        all.add("--sink");
        all.add(url);
        return command.execute(all.toArray(String[]::new));
    }
}
