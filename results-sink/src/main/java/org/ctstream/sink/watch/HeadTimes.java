package org.ctstream.sink.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.Stage;
import org.ctstream.service.error.StageException;

/**
 * When the first record at or behind an offset came, read from the record itself. The offset alone would not do: a group
 * that is done stands before a transaction's marker, which is no record and must not grow old.
 *
 * <p>What was found is not read again while the position stays. Each look reads about one batch of each other partition
 * that is behind, and nothing of those that are not.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 */
final class HeadTimes {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration CLOSE = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    /** One record is wanted; a broker gives the batch it is in whatever its size. */
    private static final int FETCH_BYTES = 64 * 1024;

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Duration longest;
    /** Of the last look; a time holds whatever the end is. */
    private Map<Place, Instant> times = Map.of();

    /** Positions of the last look behind which there is none. */
    private Set<Position> empty = Set.of();

    /**
     * @param consumers opens one without a group that sees only committed records
     * @param longest what one look takes at the most; what is not found by then is looked for the next time
     */
    HeadTimes(Supplier<Consumer<byte[], byte[]>> consumers, Duration longest) {
        this.consumers = consumers;
        this.longest = longest;
    }

    static HeadTimes of(ServiceConfig config) {
        Map<String, Object> settings = settings(config);
        return new HeadTimes(
                () -> new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()), LONGEST);
    }

    /**
     * A place on a partition from which on nothing was read yet.
     *
     * @param end offset behind the last record; nothing is looked for from there on
     */
    record Position(TopicPartition partition, long offset, long end) {
        Place place() {
            return new Place(partition, offset);
        }
    }

    private record Place(TopicPartition partition, long offset) {}

    /**
     * The time of the first record from each position on; empty where there is none, and no entry where it could not be
     * told in time.
     *
     * @throws StageException retriable if Kafka is away
     */
    Map<Position, Optional<Instant>> of(Set<Position> positions) {
        var found = new HashMap<Position, Optional<Instant>>();
        var open = new HashSet<Position>();
        for (Position position : positions) {
            Instant time = times.get(position.place());
            if (time != null || empty.contains(position)) {
                found.put(position, Optional.ofNullable(time));
            } else {
                open.add(position);
            }
        }
        if (!open.isEmpty()) {
            look(open, found);
        }
        remember(found);
        return found;
    }

    private void remember(Map<Position, Optional<Instant>> found) {
        var present = new HashMap<Place, Instant>();
        var absent = new HashSet<Position>();
        found.forEach((position, time) ->
                time.ifPresentOrElse(instant -> present.put(position.place(), instant), () -> absent.add(position)));
        times = present;
        empty = absent;
    }

    /** Groups may stand at different places of one partition: one place of each at a time. */
    private void look(Set<Position> open, Map<Position, Optional<Instant>> found) {
        long deadline = System.nanoTime() + longest.toNanos();
        Consumer<byte[], byte[]> consumer = consumers.get();
        try {
            while (!open.isEmpty() && System.nanoTime() - deadline < 0) {
                var turn = new HashMap<TopicPartition, Position>();
                open.forEach(position -> turn.put(position.partition(), position));
                open.removeAll(turn.values());
                look(consumer, turn, found, deadline);
            }
        } catch (KafkaException e) {
            throw Failures.of(Stage.FETCH, e);
        } finally {
            consumer.close(CloseOptions.timeout(CLOSE));
        }
    }

    private static void look(
            Consumer<byte[], byte[]> consumer,
            Map<TopicPartition, Position> turn,
            Map<Position, Optional<Instant>> found,
            long deadline) {
        consumer.assign(turn.keySet());
        // A partition that was paused stays so while it is assigned.
        consumer.resume(turn.keySet());
        turn.values().forEach(position -> consumer.seek(position.partition(), position.offset()));
        while (!turn.isEmpty() && System.nanoTime() - deadline < 0) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (Position position : List.copyOf(turn.values())) {
                List<ConsumerRecord<byte[], byte[]>> here = records.records(position.partition());
                if (!here.isEmpty() && here.get(0).offset() < position.end()) {
                    found.put(
                            position,
                            Optional.of(Instant.ofEpochMilli(here.get(0).timestamp())));
                } else if (consumer.position(position.partition()) >= position.end()) {
                    found.put(position, Optional.empty());
                }
                if (found.containsKey(position)) {
                    turn.remove(position.partition());
                    consumer.pause(Set.of(position.partition()));
                }
            }
        }
    }

    private static Map<String, Object> settings(ServiceConfig config) {
        var settings = new HashMap<>(config.consumer());
        settings.keySet().removeIf(key -> key.startsWith("group."));
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "ctstream-lag-" + config.string(CommonKeys.INSTANCE_NAME));
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // What retention has taken cannot be told of: then the first record that is left counts.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, WatchAdmin.TIMEOUT_MS);
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, WatchAdmin.TIMEOUT_MS);
        return settings;
    }
}
