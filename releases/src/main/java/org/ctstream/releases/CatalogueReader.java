package org.ctstream.releases;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.Stage;

/**
 * Reads {@code ct.model.released} from its beginning and keeps the catalogue. After any exception it is of no further
 * use: another one begins anew.
 *
 * <h2>Thread safety</h2>
 * For one thread, except {@link #wakeup}.
 */
final class CatalogueReader implements AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final Consumer<byte[], byte[]> consumer;
    private final AnnouncementDecoding decoding;
    private final TopicPartition partition;
    private final long end;
    private ReleaseCatalogue catalogue = ReleaseCatalogue.EMPTY;
    private long lastOffset = -1;

    /**
     * Takes its place at the topic's beginning.
     *
     * @param consumer owned by this from now on
     * @throws FatalStageException if the topic is not there or is not the one of the catalogue
     * @throws org.apache.kafka.common.KafkaException if no broker answers, or it refuses us
     */
    CatalogueReader(Consumer<byte[], byte[]> consumer, AnnouncementDecoding decoding) {
        this.consumer = consumer;
        this.decoding = decoding;
        try {
            this.partition = onlyPartition(consumer);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            this.end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** True once everything is read that was there when this reader took its place. */
    boolean isCaughtUp() {
        return consumer.position(partition) >= end;
    }

    ReleaseCatalogue catalogue() {
        return catalogue;
    }

    /** Reads what is there within the time; true if the catalogue is another one now. */
    boolean poll(Duration timeout) {
        ReleaseCatalogue before = catalogue;
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(timeout)) {
            if (record.offset() <= lastOffset) {
                // The topic was deleted and made anew; what its old records said holds no more.
                catalogue = ReleaseCatalogue.EMPTY;
            }
            lastOffset = record.offset();
            catalogue = decoding.apply(catalogue, record);
        }
        return catalogue != before;
    }

    /** Ends a wait of another thread in this reader. */
    void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
    }

    private static TopicPartition onlyPartition(Consumer<byte[], byte[]> consumer) {
        String topic = Topic.MODEL_RELEASED.topicName();
        int partitions = consumer.listTopics().getOrDefault(topic, List.of()).size();
        if (partitions == 0) {
            throw new FatalStageException(
                    Stage.DESERIALIZE,
                    "Cannot read the announced releases: there is no topic " + topic
                            + ", or we may not see it (expected: created, for example with \"ctstream topics create\","
                            + " and READ and DESCRIBE allowed)",
                    null);
        }
        if (partitions > 1) {
            throw new FatalStageException(
                    Stage.DESERIALIZE,
                    "Cannot tell which release is newest: topic " + topic + " has " + partitions
                            + " partitions (expected: 1, because the order over all releases matters); create it anew",
                    null);
        }
        return new TopicPartition(topic, 0);
    }
}
