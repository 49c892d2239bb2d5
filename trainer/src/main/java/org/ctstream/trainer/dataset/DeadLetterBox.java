package org.ctstream.trainer.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.schemas.topic.TopicSpec;
import org.ctstream.service.deadletter.DeadLetter;
import org.ctstream.service.deadletter.DeadLetters;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.PoisonRecordException;
import org.ctstream.service.error.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Writes the dead letters of refused labels, once each: a data set that is made again from the topic refuses the same
 * records again, and their letters are there already. Kafka is asked and connected to only when there is a letter to
 * write. For one thread.
 */
final class DeadLetterBox implements AutoCloseable {
    private static final int LARGEST_LETTER =
            Topic.SCAN_LABELED.deadLetter().map(TopicSpec::maxMessageBytes).orElseThrow();

    private final LabelTopic topic;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private @Nullable Set<String> known;
    private @Nullable Producer<byte[], byte[]> producer;

    DeadLetterBox(LabelTopic topic) {
        this.topic = topic;
    }

    void put(ConsumerRecord<byte[], byte[]> refused, PoisonRecordException cause) {
        if (known == null) {
            known = readKnown();
        }
        if (!known.add(place(Integer.toString(refused.partition()), Long.toString(refused.offset()), refused.key()))) {
            return;
        }
        if (producer == null) {
            producer = open();
        }
        var unused = producer.send(DeadLetters.of(refused, cause, 1), (metadata, problem) -> {
            if (problem != null) {
                failure.compareAndSet(null, problem);
            }
        });
    }

    /**
     * Waits until every letter is on all replicas.
     *
     * @throws org.ctstream.service.error.StageException if one is not
     */
    void flush() {
        if (producer != null) {
            producer.flush();
        }
        Exception problem = failure.get();
        if (problem != null) {
            throw Failures.of(Stage.FETCH, problem);
        }
    }

    private Set<String> readKnown() {
        var places = new HashSet<String>();
        String letters = DeadLetters.topicFor(LabelTopic.NAME);
        try (TopicReader reader = topic.reader()) {
            reader.read(
                    letters,
                    Map.of(),
                    reader.ends(letters),
                    batch -> batch.forEach(record -> {
                        DeadLetter letter = DeadLetter.read(record);
                        if (letter.topic().equals(LabelTopic.NAME)) {
                            places.add(place(letter.partition(), letter.offset(), record.key()));
                        }
                    }));
        }
        return places;
    }

    private Producer<byte[], byte[]> open() {
        var config = new HashMap<>(topic.producer());
        config.putIfAbsent(ProducerConfig.CLIENT_ID_CONFIG, "ctstream-trainer-dead-letters");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_LETTER);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2L * LARGEST_LETTER);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** With the key, since a topic that was created again gives the same offsets to other records. */
    private static String place(String partition, String offset, byte @Nullable [] key) {
        return partition + "@" + offset + " " + (key == null ? "" : new String(key, UTF_8));
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close();
        }
    }
}
