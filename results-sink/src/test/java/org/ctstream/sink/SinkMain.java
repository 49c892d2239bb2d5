package org.ctstream.sink;

import java.util.HashMap;
import java.util.Map;
import org.ctstream.service.config.ServiceConfig;

/** A sink in a JVM of its own, which a test can kill: its arguments are {@code key=value}. */
public final class SinkMain {
    private SinkMain() {}

    public static void main(String[] arguments) {
        Map<String, String> given = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            given.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        try (var sink = ResultsSink.create(ServiceConfig.of("results-sink", SinkKeys.def(), given))) {
            sink.run();
        }
    }
}
