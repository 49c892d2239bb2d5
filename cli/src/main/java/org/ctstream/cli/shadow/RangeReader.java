package org.ctstream.cli.shadow;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.ctstream.cli.CliException;
import org.ctstream.cli.connect.Connection;
import org.ctstream.cli.connect.Patience;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.PoisonRecordException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.error.StageException;

/**
 * Committed records of some topics from given places on. Assigns its partitions itself: it is in no group, commits nothing, and
 * disturbs nobody who is.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 */
final class RangeReader<T extends SpecificRecord> implements AutoCloseable {
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deserializer<T> deserializer;
    private final List<TopicPartition> partitions;
    private final Patience patience;
    private Places places = new Places(Map.of(), Map.of());
    private long unreadable;

    /** A record and when Kafka got it. */
    record Found<T>(T value, Instant at) {}

    /** @throws CliException if a topic is not there */
    RangeReader(Connection connection, List<Topic> topics, Class<T> type) {
        Map<String, Object> config = new HashMap<>(connection.consumer());
        // A reader that makes the topic it looks for would hide that it is missing.
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        this.consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.deserializer = Serializers.valueDeserializer(connection.serializers(), type);
        this.patience = new Patience(topics.get(0).topicName(), LONGEST_SILENCE, System::nanoTime);
        try {
            this.partitions = partitions(topics);
            consumer.assign(partitions);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Goes where the range begins. */
    void seek(ShadowRange range) {
        if (range instanceof ShadowRange.Between between) {
            places = Places.between(consumer, partitions, between.from(), between.to());
        } else if (range instanceof ShadowRange.Newest newest) {
            places = new NewestRecords(consumer, partitions).places(newest.slices());
        } else {
            places = Places.fromNow(consumer, partitions);
        }
        rewind();
    }

    /** Goes there again. */
    void rewind() {
        places.take(consumer);
    }

    /** True once all is read; never where there is no end. */
    boolean isAtEnd() {
        return !places.ends().isEmpty() && left() == 0;
    }

    /** How many records there are still to come, marks of transactions included; 0 where there is no end. */
    long left() {
        return places.left(consumer);
    }

    /** Records of these topics that were none of this type. */
    long unreadable() {
        return unreadable;
    }

    /**
     * What comes within that time.
     *
     * @throws CliException if nothing has come for a minute and there is something to come
     * @throws StageException if the registry is away
     */
    List<Found<T>> poll(Duration wait) {
        if (!places.ends().isEmpty()) {
            patience.look(left());
        }
        List<Found<T>> found = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
            if (places.has(record)) {
                decode(record, found);
            }
        }
        places.pauseFinished(consumer);
        return found;
    }

    @Override
    public void close() {
        consumer.close();
        deserializer.close();
    }

    private void decode(ConsumerRecord<byte[], byte[]> record, List<Found<T>> found) {
        try {
            T value = deserializer.deserialize(record.topic(), record.headers(), record.value());
            if (value == null) {
                unreadable++;
                return;
            }
            found.add(new Found<>(value, Instant.ofEpochMilli(record.timestamp())));
        } catch (RuntimeException e) {
            StageException failure = Failures.of(Stage.DESERIALIZE, e);
            if (!(failure instanceof PoisonRecordException)) {
                throw failure;
            }
            unreadable++;
        }
    }

    private List<TopicPartition> partitions(List<Topic> topics) {
        Map<String, List<PartitionInfo>> there = consumer.listTopics();
        List<TopicPartition> all = new ArrayList<>();
        for (Topic topic : topics) {
            List<PartitionInfo> infos = there.getOrDefault(topic.topicName(), List.of());
            if (infos.isEmpty()) {
                throw CliException.failure(
                        "There is no topic " + topic.topicName()
                                + ", or we may not see it. Start the stream, or create the"
                                + " topics: ctstream topics create",
                        null);
            }
            infos.forEach(info -> all.add(new TopicPartition(topic.topicName(), info.partition())));
        }
        return all;
    }
}
