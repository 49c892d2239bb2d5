package org.ctstream.sink.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class HeldPartitionsTest {
    private static final TopicPartition KEPT = new TopicPartition("t", 0);
    private static final TopicPartition GONE = new TopicPartition("t", 1);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final HeldPartitions held = new HeldPartitions(consumer);

    @Test
    void aPartitionTheConsumerHasLostUnsaidHoldsUpNoOther() {
        consumer.assign(List.of(KEPT));
        held.onPartitionsAssigned(List.of(GONE, KEPT));

        assertThat(consumer.paused()).containsExactly(KEPT);
        assertThatCode(() -> {
                    held.holdAll();
                    held.seek(GONE, 7);
                    held.seekToBeginning(GONE);
                    held.release(GONE, 7);
                })
                .doesNotThrowAnyException();
        held.seek(KEPT, 5);
        held.release(KEPT, 5);

        assertThat(consumer.paused()).isEmpty();
        assertThat(consumer.position(KEPT)).isEqualTo(5);
        assertThat(held.publishedBelow()).isEqualTo(Map.of(KEPT, 5L));
        assertThat(held.isEmpty()).isTrue();
    }

    @Test
    void aPartitionTheConsumerHasGotUnsaidIsLeftAloneUntilItIsSaid() {
        consumer.assign(List.of(KEPT));

        held.holdAll();
        held.release(KEPT, 5);

        assertThat(consumer.paused()).isEmpty();
        assertThat(held.publishedBelow()).isEmpty();
    }

    @Test
    void aRevokedPartitionIsForgotten() {
        consumer.assign(List.of(KEPT));
        held.onPartitionsAssigned(List.of(KEPT));
        held.release(KEPT, 5);

        held.onPartitionsRevoked(List.of(KEPT));
        held.holdAll();

        assertThat(held.isEmpty()).isTrue();
        assertThat(held.publishedBelow()).isEmpty();
    }
}
