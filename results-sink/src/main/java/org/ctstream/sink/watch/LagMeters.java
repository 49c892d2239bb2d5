package org.ctstream.sink.watch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.ctstream.service.metrics.GaugeRows;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.sink.metrics.SinkMeter;
import org.ctstream.sink.watch.HeadTimes.Position;

/**
 * How far every group of the stream is behind on each partition, in scans and in seconds: {@code ctstream_lag_scans} and
 * {@code ctstream_lag_seconds}, the latter being the age of the oldest record the group has not done.
 *
 * <h2>Thread safety</h2>
 * One thread looks at a time.
 */
final class LagMeters {
    private static final double MILLIS = 1_000;

    private final GaugeRows scans;
    private final GaugeRows seconds;
    private final Clock clock;

    LagMeters(Metrics metrics, Clock clock) {
        this.scans = metrics.rows(SinkMeter.LAG_SCANS);
        this.seconds = metrics.rows(SinkMeter.LAG);
        this.clock = clock;
    }

    /** Where records wait, and when the first of each was made has to be found out. */
    static Set<Position> behind(List<GroupLag> lags) {
        var positions = new HashSet<Position>();
        for (GroupLag lag : lags) {
            for (GroupLag.Partition partition : lag.partitions()) {
                position(lag, partition).ifPresent(positions::add);
            }
        }
        return positions;
    }

    /** @param heads of the positions of {@link #behind}; what has no entry there keeps no gauge in seconds */
    void show(List<GroupLag> lags, Map<Position, Optional<Instant>> heads) {
        Instant now = clock.instant();
        var scanRows = new ArrayList<GaugeRows.Row>();
        var secondRows = new ArrayList<GaugeRows.Row>();
        for (GroupLag lag : lags) {
            for (GroupLag.Partition partition : lag.partitions()) {
                List<String> labels = List.of(lag.group(), lag.topic(), Integer.toString(partition.partition()));
                scanRows.add(new GaugeRows.Row((double) partition.lag(), labels));
                Optional<Position> position = position(lag, partition);
                if (position.isEmpty()) {
                    secondRows.add(new GaugeRows.Row(0, labels));
                } else if (heads.containsKey(position.get())) {
                    double age = heads.getOrDefault(position.get(), Optional.empty())
                            .map(time -> seconds(time, now))
                            .orElse(0.0);
                    secondRows.add(new GaugeRows.Row(age, labels));
                }
            }
        }
        scans.set(scanRows);
        seconds.set(secondRows);
    }

    /** Nothing is known: better no lag than an old one. */
    void forget() {
        scans.set(List.of());
        seconds.set(List.of());
    }

    private static double seconds(Instant time, Instant now) {
        return Math.max(0, Duration.between(time, now).toMillis() / MILLIS);
    }

    /** A group that has not begun on a partition has all of it before it, from offset 0 on. */
    private static Optional<Position> position(GroupLag lag, GroupLag.Partition partition) {
        if (partition.lag() == 0) {
            return Optional.empty();
        }
        Long next = partition.next();
        return Optional.of(new Position(
                new TopicPartition(lag.topic(), partition.partition()),
                next == null ? 0 : Math.max(0, next),
                partition.end()));
    }
}
