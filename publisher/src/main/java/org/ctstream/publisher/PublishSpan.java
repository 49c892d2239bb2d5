package org.ctstream.publisher;

import io.opentelemetry.api.common.Attributes;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.service.tracing.OpenStep;
import org.ctstream.service.tracing.SpanAttributes;
import org.ctstream.service.tracing.Tracing;

/** The first step of a scan's way: from its record to Kafka's acknowledgement. */
public final class PublishSpan {
    private PublishSpan() {}

    /**
     * Begins it; the record's headers name it as the parent of what follows.
     *
     * @param record as {@link ScanRecords} made it, not sent yet
     * @return to be ended when Kafka has answered
     */
    public static OpenStep begin(Tracing tracing, ProducerRecord<String, ScanReceived> record) {
        ScanReceived scan = record.value();
        return tracing.begin(
                "publish",
                Instant.ofEpochMilli(record.timestamp()),
                Attributes.of(
                        SpanAttributes.SCAN_ID,
                        scan.getScanId(),
                        SpanAttributes.LANE,
                        Lane.of(scan.getPriority()).word(),
                        SpanAttributes.SOURCE,
                        scan.getSource()),
                record.headers());
    }
}
