package org.ctstream.benchmarks.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.ctstream.cli.CliException;
import org.ctstream.cli.connect.Connection;
import org.ctstream.schemas.topic.Topic;

/** Counts committed records of a topic from now on, or from its beginning. For one thread. */
public final class CommittedCount implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(10);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Topic topic;
    private long count;

    private CommittedCount(Connection connection, Topic topic) {
        Map<String, Object> settings = connection.consumer();
        settings.put(ConsumerConfig.CHECK_CRCS_CONFIG, false); // it shall cost as little as it can
        this.topic = topic;
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    public static CommittedCount fromNow(Connection connection, Topic topic) {
        var counting = new CommittedCount(connection, topic);
        List<TopicPartition> partitions = counting.assign();
        counting.consumer.seekToEnd(partitions);
        partitions.forEach(counting.consumer::position); // a seek is done when it is asked for
        return counting;
    }

    public static CommittedCount fromBeginning(Connection connection, Topic topic) {
        var counting = new CommittedCount(connection, topic);
        counting.consumer.seekToBeginning(counting.assign());
        return counting;
    }

    /** Records seen so far. */
    public long count() {
        return count;
    }

    /** Looks for further ones, for a moment. */
    public long poll() {
        count += consumer.poll(POLL).count();
        return count;
    }

    /**
     * Waits until so many are seen.
     *
     * @param watch called again and again with the count so far; may throw to give up
     * @throws CliException if nothing comes for two minutes
     */
    public void await(long wanted, LongConsumer watch) {
        long lastCount = count;
        long lastMove = System.nanoTime();
        while (poll() < wanted) {
            watch.accept(count);
            if (count != lastCount) {
                lastCount = count;
                lastMove = System.nanoTime();
            } else if (System.nanoTime() - lastMove > PATIENCE.toNanos()) {
                throw CliException.failure(
                        "Only " + count + " of " + wanted + " records on " + topic.topicName() + ", and none for "
                                + PATIENCE.toSeconds() + " s",
                        null);
            }
        }
    }

    /**
     * Records per second from the one that ends the warm-up to the last.
     *
     * @param warmUp records to leave out, at least 1
     * @param wanted records in all
     */
    public double ratePerSecond(long warmUp, long wanted, LongConsumer watch) {
        await(warmUp, watch);
        long from = count;
        long begun = System.nanoTime();
        await(wanted, watch);
        return (count - from) * NANOS / (System.nanoTime() - begun);
    }

    @Override
    public void close() {
        consumer.close();
    }

    private List<TopicPartition> assign() {
        List<TopicPartition> partitions = consumer.partitionsFor(topic.topicName()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        return partitions;
    }
}
