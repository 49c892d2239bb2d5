package org.ctstream.ingest;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.ctstream.ingest.topology.DeadLetterHandler;
import org.ctstream.ingest.topology.PresentTimestamps;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.schemas.topic.TopicSpec;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ServiceConfig;

/**
 * The Kafka Streams configuration. The operator's keys ({@code streams.}-prefixed or Kafka's own) win over the defaults
 * here, except for those exactly-once depends on.
 */
public final class StreamsSettings {
    /** How long a STAT scan waits at most for others to share its commit. */
    private static final long LONGEST_STAT_COMMIT_INTERVAL_MS = 25;

    private static final int LINGER_MS = 25;

    /** Ten normalized scans. */
    private static final int BATCH_BYTES = 512 * 1024;

    /** What the producer counts on top of a record's own bytes. */
    private static final int BATCH_OVERHEAD = 16 * 1024;

    private StreamsSettings() {}

    /** The settings of one lane's application. */
    public static Properties of(ServiceConfig config, Lane lane) {
        var settings = new HashMap<String, Object>();
        settings.put(StreamsConfig.CLIENT_ID_CONFIG, inLane("ingest-" + config.string(CommonKeys.INSTANCE_NAME), lane));
        latency(settings);
        bounds(settings, lane);
        failover(settings);
        settings.putAll(config.streams());
        fixed(settings, config, lane);
        var properties = new Properties();
        properties.putAll(settings);
        return properties;
    }

    private static void latency(Map<String, Object> settings) {
        // A commit sends what is left, so that only a crowd waits, and its scans go out in one request per partition.
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), LINGER_MS);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
        // One source topic, so there is no other input to wait for; where waiting is allowed, Kafka Streams makes the
        // text of a log line for each record (4.3).
        settings.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        // An idle loop wakes up at least this often to commit; Streams' 100 ms would add to the commit interval.
        settings.put(StreamsConfig.POLL_MS_CONFIG, 50L);
        // A transaction right after another is refused until that one's end is marked: a millisecond or two, where
        // Kafka's default would try again after 100.
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), 3L);
        // Classic: ready 0.9 to 1.5 s after the start, against 1.5 to 2.7 s with KIP-1071's protocol on a broker with
        // quick heartbeats and about 6 s with its defaults. That protocol's gain, assigning state at the broker, is
        // nothing to a topology without state.
        settings.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
    }

    /**
     * Records may have 16 MiB. One per poll costs nothing against a decode of milliseconds, bounds what waits in the
     * tasks' buffers, and lets the thread commit between any two records: scans that take seconds each (a slow
     * claim-check store) can then never outlast a transaction together and be done over for ever.
     */
    private static void bounds(Map<String, Object> settings, Lane lane) {
        int largest = lane.received().spec().maxMessageBytes();
        // The producer counts before it compresses, and a letter it refuses would end the thread at the same record
        // each time; DeadLetters keeps letters within their topic's limit.
        int largestLetter = deadLetters(lane).maxMessageBytes() + BATCH_OVERHEAD;
        settings.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, 1);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 1);
        // Soft limits: a larger first record still comes through. They bound what is fetched ahead.
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MAX_BYTES_CONFIG), 2 * largest);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), largest);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), largestLetter);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG), 3L * largestLetter);
    }

    /** How soon others go on after an instance is killed: its transaction ends, and its partitions move. */
    private static void failover(Map<String, Object> settings) {
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 10_000);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 10_000);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 3_000);
    }

    private static void fixed(Map<String, Object> settings, ServiceConfig config, Lane lane) {
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.string(CommonKeys.BOOTSTRAP_SERVERS));
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, inLane(config.string(IngestKeys.APPLICATION_ID), lane));
        boolean stat = lane == Lane.STAT;
        long commitInterval = config.longInteger(IngestKeys.COMMIT_INTERVAL_MS);
        settings.put(
                StreamsConfig.NUM_STREAM_THREADS_CONFIG,
                config.integer(stat ? IngestKeys.STAT_STREAM_THREADS : IngestKeys.STREAM_THREADS));
        settings.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                stat ? Math.min(commitInterval, LONGEST_STAT_COMMIT_INTERVAL_MS) : commitInterval);
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.ISOLATION_LEVEL_CONFIG), "read_committed");
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        settings.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, PresentTimestamps.class);
        settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class);
        // For what fails outside our handler, such as a record the broker refuses.
        settings.put(
                StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG,
                deadLetters(lane).name());
    }

    private static TopicSpec deadLetters(Lane lane) {
        return lane.received().deadLetter().orElseThrow();
    }

    /** ROUTINE is as the operator named it. */
    private static String inLane(String name, Lane lane) {
        return lane == Lane.ROUTINE ? name : name + "-" + lane.word();
    }
}
