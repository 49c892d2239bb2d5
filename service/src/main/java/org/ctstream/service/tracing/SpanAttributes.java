package org.ctstream.service.tracing;

import io.opentelemetry.api.common.AttributeKey;

/** Names of the attributes of our spans. Their values are pseudonyms, names of machines and models, and measures. */
public final class SpanAttributes {
    public static final AttributeKey<String> SCAN_ID = AttributeKey.stringKey("ctstream.scan.id");
    public static final AttributeKey<String> LANE = AttributeKey.stringKey("ctstream.lane");
    public static final AttributeKey<String> SOURCE = AttributeKey.stringKey("ctstream.source");
    public static final AttributeKey<String> RESULT_ID = AttributeKey.stringKey("ctstream.result.id");
    public static final AttributeKey<String> LABEL = AttributeKey.stringKey("ctstream.label");
    public static final AttributeKey<String> MODEL = AttributeKey.stringKey("ctstream.model");
    public static final AttributeKey<String> ENGINE = AttributeKey.stringKey("ctstream.engine");
    public static final AttributeKey<String> DEVICE = AttributeKey.stringKey("ctstream.device");

    private SpanAttributes() {}
}
