package org.ctstream.ingest.topology;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The record's own timestamp, or now if a client wrote none. Streams' default stops the thread at such a record, and its
 * lenient ones drop it in silence. Made by Kafka Streams from the configuration, hence public.
 */
public final class PresentTimestamps implements TimestampExtractor {
    /** For Kafka Streams. */
    public PresentTimestamps() {}

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        return record.timestamp() >= 0 ? record.timestamp() : System.currentTimeMillis();
    }
}
