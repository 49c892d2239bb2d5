package org.ctstream.sink.store;

import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.ScanClassified;

/** A classification and the record it was read from. */
public record Classified(ConsumerRecord<byte[], byte[]> source, ScanClassified value) {
    /** Bytes of the longest embedding that is stored; the networks there are give up to 2,208. */
    public static final int LONGEST_EMBEDDING = 4096;

    public TopicPartition partition() {
        return new TopicPartition(source.topic(), source.partition());
    }

    public long offset() {
        return source.offset();
    }

    /** Whether it carries an embedding that is stored with it. */
    public boolean hasEmbedding() {
        ByteBuffer embedding = value.getEmbedding();
        return embedding != null && embedding.hasRemaining() && embedding.remaining() <= LONGEST_EMBEDDING;
    }

    /** Whether it carries an embedding that is left out because of its length. */
    public boolean losesEmbedding() {
        return value.getEmbedding() != null && !hasEmbedding();
    }

    public boolean isPositive() {
        return value.getLabel() == Label.POSITIVE;
    }
}
