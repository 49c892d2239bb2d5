package org.ctstream.cli.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.ctstream.cli.connect.KeptRange;
import org.ctstream.cli.connect.PartitionReader;
import org.ctstream.cli.results.StoredResults;
import org.ctstream.schemas.topic.CleanupPolicy;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.schemas.topic.TopicSpec;
import org.ctstream.sink.store.ResultRow;
import org.jspecify.annotations.Nullable;

/**
 * Finds a scan's records. The key decides the partition, so that one partition of each topic is read; and if a result is
 * stored, its time of receipt decides from when on.
 */
final class TrailFinder {
    /** So much may the clocks of publishers and services differ. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

    private final PartitionReader reader;
    private final StepReader steps;
    private final @Nullable StoredResults results;
    private final boolean everyPartition;

    /**
     * @param results null to leave the database out
     * @param everyPartition read them all, for topics that have been given more partitions since
     */
    TrailFinder(PartitionReader reader, StepReader steps, @Nullable StoredResults results, boolean everyPartition) {
        this.reader = reader;
        this.steps = steps;
        this.results = results;
        this.everyPartition = everyPartition;
    }

    /** @param since read topics from then on; null leaves it to what is stored */
    Trail find(String scanId, @Nullable Instant since) {
        List<ResultRow> rows = results == null ? List.of() : results.ofScan(scanId);
        Instant from = since == null ? firstReceived(rows) : since;
        var search = new Search(scanId, from);
        rows.forEach(
                row -> search.found.add(new Step(row.storedAt(), Event.STORED, placeOfResults(), Tellers.stored(row))));
        if (results == null) {
            search.gaps.add("The database was not asked: whether the scan is stored is not told here");
        }
        for (Topic topic : Topic.values()) {
            Optional<Event> event = event(topic);
            event.ifPresent(kind -> search.topic(topic.spec(), raw -> steps.read(topic, kind, raw)));
            topic.deadLetter()
                    .filter(spec -> event.isPresent())
                    .ifPresent(spec -> search.topic(spec, StepReader::letter));
        }
        return new Trail(scanId, from, search.found, search.gaps);
    }

    private String placeOfResults() {
        return results == null ? "" : results.place();
    }

    private static @Nullable Instant firstReceived(List<ResultRow> rows) {
        return rows.stream()
                .map(ResultRow::receivedAt)
                .min(Instant::compareTo)
                .map(first -> first.minus(CLOCKS_DIFFER))
                .orElse(null);
    }

    /** By record, so that a new lane is shown without a word here; empty for topics that are not of scans. */
    private static Optional<Event> event(Topic topic) {
        return Optional.ofNullable(
                switch (topic.recordClass().getSimpleName()) {
                    case "ScanReceived" -> Event.RECEIVED;
                    case "ScanNormalized" -> Event.NORMALIZED;
                    case "ScanClassified" -> Event.CLASSIFIED;
                    case "ScanAlerted" -> Event.ALERTED;
                    case "LetterRedriven" -> Event.REDRIVEN;
                    case "ScanLabeled" -> Event.LABELLED;
                    default -> null;
                });
    }

    /** One scan's search. */
    private final class Search {
        private final byte[] key;
        private final @Nullable Instant since;
        private final List<Step> found = new ArrayList<>();
        private final List<String> gaps = new ArrayList<>();

        Search(String scanId, @Nullable Instant since) {
            this.key = scanId.getBytes(UTF_8);
            this.since = since;
        }

        void topic(TopicSpec spec, Function<ConsumerRecord<byte[], byte[]>, Step> step) {
            List<TopicPartition> partitions = reader.partitions(spec.name());
            if (partitions.isEmpty()) {
                gaps.add(spec.name() + " is not on this cluster");
                return;
            }
            List<KeptRange> kept = reader.read(ofKey(partitions), since, spec.name(), raw -> {
                if (Arrays.equals(raw.key(), key)) {
                    found.add(step.apply(raw));
                }
            });
            kept.stream().filter(range -> range.lacks(since)).forEach(range -> gaps.add(gap(range, spec)));
        }

        /** As Kafka's producers choose it for a record with a key. */
        private List<TopicPartition> ofKey(List<TopicPartition> partitions) {
            if (everyPartition) {
                return partitions;
            }
            int chosen = Utils.toPositive(Utils.murmur2(key)) % partitions.size();
            return partitions.stream()
                    .filter(partition -> partition.partition() == chosen)
                    .toList();
        }

        private String gap(KeptRange range, TopicSpec spec) {
            String begin = range.earliest() == null
                    ? range.partition() + " is empty"
                    : range.partition() + " begins at " + range.earliest();
            return begin + ": "
                    + (spec.cleanup() == CleanupPolicy.COMPACT
                            ? "compaction has kept the newest record of each scan alone"
                            : "retention has removed what was before");
        }
    }
}
