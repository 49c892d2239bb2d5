package org.ctstream.service.tracing;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ConfigProblemsException;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.config.TracingKeys;

/**
 * Where spans go and which.
 *
 * @param endpoint URL that takes OTLP over HTTP; empty sends none
 * @param headers for the collector, its credentials among them
 * @param sampleRatio share of traces that are sent, 0 to 1
 * @param service the role, for example {@code inference-worker}
 * @param instance which of its processes
 */
record TracingSettings(
        String endpoint, Map<String, String> headers, double sampleRatio, String service, String instance) {
    TracingSettings {
        headers = Map.copyOf(headers);
    }

    /** @throws ConfigProblemsException if the endpoint or the headers are not what they should be */
    static TracingSettings of(ServiceConfig config, String service) {
        return new TracingSettings(
                endpoint(config.string(TracingKeys.ENDPOINT), service),
                headers(config.password(TracingKeys.HEADERS).value(), service),
                config.decimal(TracingKeys.SAMPLE_RATIO),
                service,
                config.string(CommonKeys.INSTANCE_NAME));
    }

    /** Of a command, whose file may have the keys among others. */
    static TracingSettings of(Map<String, String> keys, String command, String instance) {
        var own = new LinkedHashMap<>(keys);
        own.keySet().retainAll(TracingKeys.def().names());
        AbstractConfig config;
        try {
            config = new AbstractConfig(TracingKeys.def(), own, false);
        } catch (ConfigException e) {
            throw new ConfigProblemsException(command, List.of(String.valueOf(e.getMessage())));
        }
        return new TracingSettings(
                endpoint(config.getString(TracingKeys.ENDPOINT), command),
                headers(config.getPassword(TracingKeys.HEADERS).value(), command),
                config.getDouble(TracingKeys.SAMPLE_RATIO),
                command,
                instance);
    }

    /** Secrets stay out of messages. */
    @Override
    public String toString() {
        return "TracingSettings[" + endpoint + ", " + service + "]";
    }

    private static String endpoint(String endpoint, String service) {
        if (endpoint.isBlank()) {
            return "";
        }
        try {
            URI uri = URI.create(endpoint);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null) {
                return endpoint;
            }
        } catch (IllegalArgumentException e) {
            // Told below, as any other text that is no URL.
        }
        throw new ConfigProblemsException(
                service,
                List.of(TracingKeys.ENDPOINT + " = " + endpoint
                        + " (expected: an http or https URL, for example http://collector:4318/v1/traces)"));
    }

    private static Map<String, String> headers(String text, String service) {
        var headers = new LinkedHashMap<String, String>();
        for (String header : text.isBlank() ? new String[0] : text.split(",", -1)) {
            int equals = header.indexOf('=');
            if (equals < 1) {
                throw new ConfigProblemsException(
                        service,
                        List.of(TracingKeys.HEADERS + " has an entry without a name or without \"=\""
                                + " (expected: name=value, comma-separated)"));
            }
            headers.put(
                    header.substring(0, equals).strip(),
                    header.substring(equals + 1).strip());
        }
        return headers;
    }
}
