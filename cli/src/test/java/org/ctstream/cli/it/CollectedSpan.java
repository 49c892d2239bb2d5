package org.ctstream.cli.it;

import java.util.Map;

/**
 * A span as a collector got it.
 *
 * @param service who sent it
 * @param traceId 32 hexadecimal digits; {@code spanId} and {@code parentId} 16, the latter none for the first of a trace
 * @param beginNanos since 1970
 * @param attributes those that are text
 */
record CollectedSpan(
        String service,
        String name,
        String traceId,
        String spanId,
        String parentId,
        long beginNanos,
        long endNanos,
        Map<String, String> attributes) {
    CollectedSpan {
        attributes = Map.copyOf(attributes);
    }

    String scanId() {
        return attributes.getOrDefault("ctstream.scan.id", "");
    }
}
