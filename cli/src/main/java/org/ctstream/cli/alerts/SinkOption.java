package org.ctstream.cli.alerts;

import org.ctstream.cli.sink.SinkApi;
import picocli.CommandLine.Option;

/** Which sink is asked. Its password comes from the environment, never from here. */
final class SinkOption {
    @Option(
            names = "--sink",
            paramLabel = "URL",
            defaultValue = "http://localhost:8080",
            description = "HTTP API of the results sink; its user:password from " + SinkApi.USER_INFO + ".")
    private String sink = "";

    SinkAlerts alerts() {
        return new SinkAlerts(
                new SinkApi(sink, System.getenv().getOrDefault(SinkApi.USER_INFO, ""), SinkApi.Hints.NONE));
    }
}
