package org.ctstream.cli.alerts;

import picocli.CommandLine.Option;

/** Which sink is asked. Its password comes from the environment, never from here. */
final class SinkOption {
    static final String USER_INFO = "CTSTREAM_HTTP_BASIC_AUTH_USER_INFO";

    @Option(
            names = "--sink",
            paramLabel = "URL",
            defaultValue = "http://localhost:8080",
            description = "HTTP API of the results sink; its user:password from " + USER_INFO + ".")
    private String sink = "";

    SinkAlerts alerts() {
        return new SinkAlerts(sink, System.getenv().getOrDefault(USER_INFO, ""));
    }
}
