package org.ctstream.benchmarks.page;

import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.ctstream.benchmarks.program.Progress;
import org.ctstream.schemas.avro.Heatmap;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.Priority;
import org.ctstream.schemas.avro.RecordPosition;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.sink.store.Classified;
import org.ctstream.sink.store.Database;
import org.ctstream.sink.store.Poll;
import org.ctstream.sink.store.ResultStore;

/**
 * Fills a results database as the sink does, with what a department would see: 20 sources, 3 model versions, one scan in 50
 * STAT, a third positive, one in 500 indeterminate, one result every 20 seconds up to now, each with an
 * embedding as long as a DenseNet169's.
 */
final class ResultsFill {
    static final int SOURCES = 20;
    private static final int POLL = 500;
    private static final int CELLS = 49;
    private static final int SECONDS_APART = 20;
    private static final int FEATURES = 1_664;

    /** The last word of a reader, without what else a review changes: the other questions stay those of earlier runs. */
    private static final String CONFIRM = "INSERT INTO review (review_id, result_id, scan_id, label, model_label,"
            + " reviewed_by, reviewed_at, state, labeled_partition, labeled_offset, settled_at)"
            + " SELECT SUBSTRING(result_id, 1, 64), result_id, scan_id,"
            + " CASE WHEN probability >= 0.5 THEN 'POSITIVE' ELSE 'NEGATIVE' END, label, 'reader', stored_at,"
            + " 'PUBLISHED', 0, 0, stored_at FROM result ORDER BY result_id LIMIT ?";

    private final Random random;
    private final List<String> scanIds = new ArrayList<>();

    ResultsFill(long seed) {
        this.random = new Random(seed);
    }

    /** Stores that many results, the last one now. */
    void fill(Database database, int count, Progress progress) {
        String topic = Topic.SCAN_CLASSIFIED.topicName();
        Instant begin = Instant.now().minus(Duration.ofSeconds((long) count * SECONDS_APART));
        for (int first = 0; first < count; first += POLL) {
            var poll = new ArrayList<Classified>();
            for (int i = first; i < Math.min(count, first + POLL); i++) {
                var record = new ConsumerRecord<>(topic, 0, i, new byte[0], new byte[0]);
                poll.add(new Classified(record, result(i, at(begin, i))));
            }
            Clock clock = Clock.fixed(at(begin, first + poll.size() - 1), ZoneOffset.UTC);
            long next = (long) first + poll.size();
            new ResultStore(database, "bench", clock)
                    .store(new Poll(poll, List.of(), Map.of(new TopicPartition(topic, 0), next)), Map.of());
            progress.count("Results stored", next, count);
        }
    }

    /** Has a reader confirm or correct that many results, any of them. */
    static void confirm(Database database, int count) {
        database.inTransaction("confirm", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(CONFIRM)) {
                insert.setInt(1, count);
                return insert.executeUpdate();
            }
        });
    }

    /** The id of any scan that was stored. */
    String anyScanId() {
        return scanIds.get(random.nextInt(scanIds.size()));
    }

    static String source(int number) {
        return "CT-" + number;
    }

    private static Instant at(Instant begin, int index) {
        return begin.plusSeconds((long) index * SECONDS_APART);
    }

    private ScanClassified result(int index, Instant at) {
        String scanId = new UUID(random.nextLong(), random.nextLong()).toString();
        scanIds.add(scanId);
        double probability = random.nextDouble();
        Label label = index % 500 == 0 ? Label.INDETERMINATE : probability >= 2.0 / 3 ? Label.POSITIVE : Label.NEGATIVE;
        String version = "1." + 3 * index / 100_000;
        return ScanClassified.newBuilder()
                .setResultId(scanId.replace("-", "").repeat(2))
                .setScanId(scanId)
                .setStudyUid("2.25." + index / 40)
                .setSeriesUid("2.25." + index / 20)
                .setInstanceUid("2.25." + index)
                .setSource(source(random.nextInt(SOURCES)))
                .setPriority(index % 50 == 0 ? Priority.STAT : Priority.ROUTINE)
                .setSourceDigest(scanId.replace("-", "").repeat(2))
                .setPreprocessingVersion("1")
                .setLabel(label)
                .setProbability(probability)
                .setThreshold(2.0 / 3)
                .setIndeterminateReason(label == Label.INDETERMINATE ? "the output is not a number" : null)
                .setModelName("densenet169")
                .setModelVersion(version)
                .setModelDigest("cd".repeat(32))
                .setModelTrained(true)
                .setEngine("pytorch")
                .setDevice("cpu")
                .setWorker("worker-" + index % 4)
                .setHeatmap(label == Label.POSITIVE ? new Heatmap(7, 7, heat()) : null)
                .setReceivedAt(at)
                .setNormalizedAt(at.plusMillis(12))
                .setClassifiedAt(at.plusMillis(80))
                .setReceivedRecord(new RecordPosition(Topic.SCAN_RECEIVED.topicName(), index % 6, (long) index))
                .setNormalizedRecord(new RecordPosition(Topic.SCAN_NORMALIZED.topicName(), index % 6, (long) index))
                .setEmbedding(embedding())
                .build();
    }

    /** Signed, where a DenseNet's values are never negative: the search does not mind. */
    private ByteBuffer embedding() {
        byte[] values = new byte[FEATURES];
        random.nextBytes(values);
        return ByteBuffer.wrap(values);
    }

    private List<Float> heat() {
        var values = new ArrayList<Float>(CELLS);
        for (int i = 0; i < CELLS; i++) {
            values.add(random.nextFloat());
        }
        return values;
    }
}
