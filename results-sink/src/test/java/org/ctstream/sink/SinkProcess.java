package org.ctstream.sink;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Properties;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.lifecycle.ServiceRunner;

/** A sink as a process of its own, which a test may kill; its argument is a file of settings. */
public final class SinkProcess {
    private SinkProcess() {}

    public static void main(String[] arguments) throws Exception {
        var properties = new Properties();
        try (Reader in = Files.newBufferedReader(Path.of(arguments[0]))) {
            properties.load(in);
        }
        var settings = new HashMap<String, String>();
        properties.stringPropertyNames().forEach(key -> settings.put(key, properties.getProperty(key)));
        ServiceConfig config = ServiceConfig.of("results-sink", SinkKeys.def(), settings);
        System.exit(ServiceRunner.run(ResultsSink.create(config), Duration.ofSeconds(10)));
    }
}
