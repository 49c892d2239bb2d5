package org.ctstream.sink.consume;

import java.util.ArrayList;
import java.util.HashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.PoisonRecordException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.error.StageException;
import org.ctstream.sink.store.Classified;
import org.ctstream.sink.store.Poll;
import org.ctstream.sink.store.Rejected;

/** Decodes records one by one, so that an undecodable one costs nothing but itself. */
final class ResultDecoder {
    private final Deserializer<ScanClassified> deserializer;

    ResultDecoder(Deserializer<ScanClassified> deserializer) {
        this.deserializer = deserializer;
    }

    /** @throws StageException retriable if the schema registry is away */
    Poll decode(ConsumerRecords<byte[], byte[]> records) {
        var classified = new ArrayList<Classified>(records.count());
        var rejected = new ArrayList<Rejected>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                classified.add(new Classified(record, decode(record)));
            } catch (PoisonRecordException e) {
                rejected.add(new Rejected(record, e));
            }
        }
        var nextOffsets = new HashMap<TopicPartition, Long>();
        records.nextOffsets().forEach((partition, next) -> nextOffsets.put(partition, next.offset()));
        return new Poll(classified, rejected, nextOffsets);
    }

    private ScanClassified decode(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            throw new PoisonRecordException(
                    Stage.DESERIALIZE,
                    "no_value",
                    "value",
                    "The record has no value (expected: a ScanClassified).",
                    "results are never deleted by a tombstone; find out who sends them.",
                    null);
        }
        try {
            return deserializer.deserialize(record.topic(), record.headers(), record.value());
        } catch (KafkaException e) {
            throw Failures.of(Stage.DESERIALIZE, e);
        }
    }
}
