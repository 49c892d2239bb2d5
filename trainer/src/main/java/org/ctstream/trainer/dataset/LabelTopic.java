package org.ctstream.trainer.dataset;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Deserializer;
import org.ctstream.schemas.avro.ScanLabeled;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.Stage;

/**
 * How to reach {@code ct.scan.labeled}: configurations of Kafka's clients and of the serializers.
 *
 * @param consumer Kafka's consumer keys; group, isolation and commits are not theirs to say
 * @param producer Kafka's producer keys, for dead letters
 * @param admin Kafka's admin keys
 * @param serializers keys of serializers and registry
 */
public record LabelTopic(
        Map<String, Object> consumer,
        Map<String, Object> producer,
        Map<String, Object> admin,
        Map<String, Object> serializers) {
    static final String NAME = Topic.SCAN_LABELED.topicName();

    public LabelTopic {
        consumer = Map.copyOf(consumer);
        producer = Map.copyOf(producer);
        admin = Map.copyOf(admin);
        serializers = Map.copyOf(serializers);
    }

    /** As a service's configuration says. */
    public static LabelTopic of(ServiceConfig config) {
        return new LabelTopic(config.consumer(), config.producer(), config.admin(), config.serializers());
    }

    TopicReader reader() {
        return new TopicReader(consumer);
    }

    Deserializer<ScanLabeled> deserializer() {
        return Serializers.valueDeserializer(serializers, ScanLabeled.class);
    }

    DeadLetterBox deadLetters() {
        return new DeadLetterBox(this);
    }

    /**
     * Identity of the topic itself: one that was deleted and created again has another, and offsets of the old one mean
     * nothing there.
     *
     * @throws org.ctstream.service.error.StageException fatal if there is no such topic, retriable if no broker answers
     */
    String id() {
        try (Admin client = Admin.create(admin)) {
            Set<String> topics = client.listTopics().names().get();
            if (!topics.contains(NAME)) {
                throw new FatalStageException(
                        Stage.FETCH,
                        "There is no topic " + NAME + ". Create the topics with \"ctstream topics create\", or start a"
                                + " service.",
                        null);
            }
            TopicDescription found =
                    client.describeTopics(List.of(NAME)).allTopicNames().get().get(NAME);
            return found == null ? "" : found.topicId().toString();
        } catch (ExecutionException | KafkaException e) {
            throw Failures.of(Stage.FETCH, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FatalStageException(Stage.FETCH, "Interrupted while looking for " + NAME, e);
        }
    }

    /** Secrets stay out of messages. */
    @Override
    public String toString() {
        return "LabelTopic[" + consumer.get("bootstrap.servers") + "]";
    }
}
