package org.ctstream.sink.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.sink.watch.HeadTimes.Position;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LagMetersTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String TOPIC = "ct.scan.normalized";

    private final Metrics metrics = new Metrics("results-sink");
    private final LagMeters meters = new LagMeters(metrics, Clock.fixed(NOW, ZoneOffset.UTC));
    private final List<MockConsumer<byte[], byte[]>> opened = new ArrayList<>();
    private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> stored = new HashMap<>();
    private final HeadTimes heads = new HeadTimes(this::open, Duration.ofMillis(500));

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void secondsAreTheAgeOfTheFirstRecordThatWaitsAndNoneWhereNoneDoes() {
        store(0, 7, NOW.minusSeconds(90));
        store(0, 8, NOW.minusSeconds(10));
        List<GroupLag> lags =
                List.of(lag(new GroupLag.Partition(0, 7L, 9, 2), new GroupLag.Partition(1, 4L, 4, 0), marker(2, 5)));

        meters.show(lags, heads.of(LagMeters.behind(lags)));

        assertThat(metrics.scrape())
                .contains(line("ctstream_lag_scans", 0, "2.0"), line("ctstream_lag_seconds", 0, "90.0"))
                .contains(line("ctstream_lag_scans", 1, "0.0"), line("ctstream_lag_seconds", 1, "0.0"))
                .contains(line("ctstream_lag_scans", 2, "1.0"), line("ctstream_lag_seconds", 2, "0.0"));
    }

    @Test
    void whatWasFoundIsNotReadAgainWhileThePositionStays() {
        store(0, 7, NOW.minusSeconds(90));
        Position waiting = new Position(new TopicPartition(TOPIC, 0), 7, 8);
        Position later = new Position(new TopicPartition(TOPIC, 0), 7, 20);

        assertThat(heads.of(Set.of(waiting))).containsEntry(waiting, Optional.of(NOW.minusSeconds(90)));
        assertThat(heads.of(Set.of(later))).containsEntry(later, Optional.of(NOW.minusSeconds(90)));

        assertThat(opened)
                .hasSize(1)
                .allSatisfy(consumer -> assertThat(consumer.closed()).isTrue());
    }

    @Test
    void groupsAtDifferentPlacesOfOnePartitionHaveAnAgeEach() {
        store(0, 7, NOW.minusSeconds(90));
        store(0, 8, NOW.minusSeconds(10));
        Position first = new Position(new TopicPartition(TOPIC, 0), 7, 9);
        Position second = new Position(new TopicPartition(TOPIC, 0), 8, 9);

        assertThat(heads.of(Set.of(first, second)))
                .containsEntry(first, Optional.of(NOW.minusSeconds(90)))
                .containsEntry(second, Optional.of(NOW.minusSeconds(10)));
    }

    @Test
    void whileTheClusterIsAwayThereIsNoLag() {
        meters.show(List.of(lag(new GroupLag.Partition(1, 4L, 4, 0))), Map.of());
        meters.forget();

        assertThat(metrics.scrape()).doesNotContain("ctstream_lag_scans{").doesNotContain("ctstream_lag_seconds{");
    }

    private static GroupLag lag(GroupLag.Partition... partitions) {
        return new GroupLag("workers", "Consumer", "inference", "routine", TOPIC, 3, List.of(partitions));
    }

    /** A group that is done and stands before the marker of a transaction. */
    private GroupLag.Partition marker(int partition, long offset) {
        stored.put(new TopicPartition(TOPIC, partition), List.of());
        return new GroupLag.Partition(partition, offset, offset + 1, 1);
    }

    private void store(int partition, long offset, Instant time) {
        stored.computeIfAbsent(new TopicPartition(TOPIC, partition), each -> new ArrayList<>())
                .add(new ConsumerRecord<>(
                        TOPIC,
                        partition,
                        offset,
                        time.toEpochMilli(),
                        TimestampType.LOG_APPEND_TIME,
                        0,
                        0,
                        new byte[0],
                        new byte[0],
                        new RecordHeaders(),
                        Optional.empty()));
    }

    /** Gives what is stored from where it is sought to, and goes past the marker of a partition that has nothing else. */
    private MockConsumer<byte[], byte[]> open() {
        var consumer = new MockConsumer<byte[], byte[]>(AutoOffsetResetStrategy.EARLIEST.name()) {
            @Override
            public synchronized void seek(TopicPartition partition, long offset) {
                super.seek(partition, offset);
                List<ConsumerRecord<byte[], byte[]>> here = stored.getOrDefault(partition, List.of());
                if (here.isEmpty()) {
                    super.seek(partition, offset + 1);
                }
                here.stream().filter(record -> record.offset() >= offset).forEach(this::addRecord);
            }
        };
        consumer.updateBeginningOffsets(Map.of(new TopicPartition(TOPIC, 0), 0L));
        opened.add(consumer);
        return consumer;
    }

    private static String line(String metric, int partition, String value) {
        return metric + "{group=\"workers\",partition=\"" + partition + "\",service=\"results-sink\",topic=\"" + TOPIC
                + "\"} " + value;
    }
}
