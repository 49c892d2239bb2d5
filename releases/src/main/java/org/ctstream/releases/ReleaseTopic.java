package org.ctstream.releases;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.error.StageException;

/**
 * The topic {@code ct.model.released}, to be read as a whole. Joins no group, so that every reader sees everything.
 *
 * <h2>Thread safety</h2>
 * Immutable.
 */
public final class ReleaseTopic {
    private static final Duration LONGEST_READ = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int ANSWER_TIMEOUT_MS = 10_000;

    private final Map<String, Object> consumer;
    private final Map<String, Object> serializers;

    /**
     * @param consumer configuration of a consumer; what this reader must have otherwise is changed
     * @param serializers configuration of the serializers
     */
    public ReleaseTopic(Map<String, ?> consumer, Map<String, ?> serializers) {
        var wanted = new HashMap<String, Object>(consumer);
        wanted.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_TIMEOUT_MS);
        wanted.putIfAbsent(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_TIMEOUT_MS);
        wanted.keySet().removeIf(key -> key.startsWith("group."));
        wanted.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        wanted.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        wanted.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        wanted.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        this.consumer = Map.copyOf(wanted);
        this.serializers = Map.copyOf(serializers);
    }

    /** The topic on a service's cluster. */
    public static ReleaseTopic of(ServiceConfig config) {
        return new ReleaseTopic(config.consumer(), config.serializers());
    }

    /**
     * Everything that is announced now.
     *
     * @throws StageException retriable if broker or registry do not answer in time, fatal if only a person can mend it
     */
    public ReleaseCatalogue read() {
        long deadline = System.nanoTime() + LONGEST_READ.toNanos();
        try (CatalogueReader reader = open()) {
            while (!reader.isCaughtUp()) {
                if (System.nanoTime() - deadline > 0) {
                    throw new RetriableStageException(
                            Stage.DESERIALIZE,
                            "Cannot read " + Topic.MODEL_RELEASED.topicName() + " to its end within "
                                    + LONGEST_READ.toSeconds() + " s",
                            null);
                }
                reader.poll(POLL);
            }
            return reader.catalogue();
        } catch (KafkaException e) {
            throw failure(e);
        }
    }

    /** A reader at the topic's beginning; throws as its constructor does. */
    CatalogueReader open() {
        return new CatalogueReader(
                new KafkaConsumer<>(consumer, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                new AnnouncementDecoding(serializers));
    }

    /** What failed, with the cluster it failed on. */
    StageException failure(Throwable e) {
        StageException failure = Failures.of(Stage.DESERIALIZE, e);
        if (failure instanceof RetriableStageException && failure != e) {
            return new RetriableStageException(
                    failure.stage(),
                    "Cannot read the announced releases on "
                            + consumer.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG) + ". " + failure.getMessage(),
                    e);
        }
        return failure;
    }
}
