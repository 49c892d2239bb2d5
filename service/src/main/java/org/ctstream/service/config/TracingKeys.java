package org.ctstream.service.config;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;

/** Where a service's spans go. */
public final class TracingKeys {
    public static final String ENDPOINT = "tracing.otlp.endpoint";
    public static final String HEADERS = "tracing.otlp.headers";
    public static final String SAMPLE_RATIO = "tracing.sample.ratio";

    private TracingKeys() {}

    /** The keys alone, for commands. */
    public static ConfigDef def() {
        return define(new ConfigDef());
    }

    /** Adds the keys. */
    static ConfigDef define(ConfigDef def) {
        return def.define(
                        ENDPOINT,
                        Type.STRING,
                        "",
                        Importance.LOW,
                        "URL of an OpenTelemetry collector that takes spans by OTLP over HTTP, for example "
                                + "http://collector:4318/v1/traces. Empty sends none; the trace context travels in the "
                                + "records' headers all the same.")
                .define(
                        HEADERS,
                        Type.PASSWORD,
                        "",
                        Importance.LOW,
                        "Headers for the collector, name=value, comma-separated; for its credentials.")
                .define(
                        SAMPLE_RATIO,
                        Type.DOUBLE,
                        1.0,
                        Range.between(0.0, 1.0),
                        Importance.LOW,
                        "Share of scans whose spans are sent. It goes by the trace id: with the same share, all services "
                                + "send the same scans.");
    }
}
