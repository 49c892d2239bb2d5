package org.ctstream.sink.consume;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.ctstream.service.deadletter.DeadLetters;
import org.ctstream.service.error.StageException;
import org.ctstream.service.event.EventHeaders;
import org.ctstream.sink.alert.AlertRecords;
import org.ctstream.sink.alert.AlertTransactions;
import org.ctstream.sink.store.PendingAlert;
import org.ctstream.sink.store.Poll;
import org.ctstream.sink.store.Rejected;
import org.ctstream.sink.store.ResultStore;
import org.ctstream.sink.store.Stored;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries one poll through: one database transaction (results, pending alerts, offsets), then one Kafka transaction
 * (alerts, dead letters, offsets), then the alerts' rows are marked as published.
 *
 * <p>Exactly-once rests on three rules. A result is inserted once, by its id. Its alert is sent only in a transaction
 * that also commits the offset of the record that first stored it, so alert and offset exist together or not at all.
 * And before a partition is read, the alerts below its committed offset are marked as published ({@link Positions}).
 * A crash anywhere between leads back to the committed offset: rows are found, alerts still pending go out, published
 * ones do not. For one thread.
 */
final class PollProcessor {
    private static final Logger log = LoggerFactory.getLogger(PollProcessor.class);

    private final ResultDecoder decoder;
    private final ResultStore store;
    private final AlertRecords alertRecords;
    private final AlertTransactions transactions;
    private final SinkMeters meters;

    PollProcessor(
            ResultDecoder decoder,
            ResultStore store,
            AlertRecords alertRecords,
            AlertTransactions transactions,
            SinkMeters meters) {
        this.decoder = decoder;
        this.store = store;
        this.alertRecords = alertRecords;
        this.transactions = transactions;
        this.meters = meters;
    }

    /** @throws StageException retriable or fatal; the caller then goes back to the committed offsets */
    void process(
            ConsumerRecords<byte[], byte[]> records,
            Map<TopicPartition, Long> publishedBelow,
            ConsumerGroupMetadata group) {
        Poll poll = decoder.decode(records);
        Stored stored = Objects.requireNonNull(meters.storeTime().record(() -> store.store(poll, publishedBelow)));
        meters.inDatabase(stored);
        transactions.commit(outgoing(stored), offsets(poll, publishedBelow), group);
        meters.onTopics(stored);
        if (!stored.alerts().isEmpty()) {
            store.settleAlerts(poll.nextOffsets());
        }
    }

    private List<ProducerRecord<byte[], byte[]>> outgoing(Stored stored) {
        var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
        for (PendingAlert alert : stored.alerts()) {
            records.add(alertRecords.of(alert));
        }
        for (Rejected rejected : stored.rejected()) {
            records.add(DeadLetters.of(rejected.source(), rejected.reason(), 1));
            log.atWarn()
                    .addKeyValue("topic", rejected.source().topic())
                    .addKeyValue("partition", rejected.source().partition())
                    .addKeyValue("offset", rejected.source().offset())
                    .addKeyValue("stage", rejected.reason().stage().word())
                    .addKeyValue("reason", rejected.reason().reason())
                    .addKeyValue(
                            "traceId", EventHeaders.traceId(rejected.source().headers()))
                    .log("Record becomes a dead letter");
        }
        return records;
    }

    /** Never below what the group has committed: that offset vouches for the alerts under it. */
    private static Map<TopicPartition, OffsetAndMetadata> offsets(Poll poll, Map<TopicPartition, Long> publishedBelow) {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        poll.nextOffsets()
                .forEach((partition, next) -> offsets.put(
                        partition, new OffsetAndMetadata(Math.max(next, publishedBelow.getOrDefault(partition, 0L)))));
        return offsets;
    }
}
