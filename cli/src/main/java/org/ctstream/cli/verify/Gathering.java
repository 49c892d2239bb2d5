package org.ctstream.cli.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.ctstream.cli.connect.Connection;
import org.ctstream.cli.connect.KeptRange;
import org.ctstream.cli.connect.PartitionReader;
import org.ctstream.cli.connect.Place;
import org.ctstream.cli.console.ReadProgress;
import org.ctstream.cli.deadletters.RedriveAudit;
import org.ctstream.cli.results.StoredResults;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.schemas.avro.ScanNormalized;
import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.schemas.topic.TopicSpec;

/**
 * Reads what was seen of every scan. Upstream before downstream: a scan that moves on meanwhile is then seen where it
 * arrives.
 */
final class Gathering implements AutoCloseable {
    private static final List<Topic> RECEIVED = of(ScanReceived.class);
    private static final List<Topic> NORMALIZED = of(ScanNormalized.class);
    private static final List<Topic> CLASSIFIED = of(ScanClassified.class);

    private final Connection connection;
    private final StoredResults results;
    private final Sightings sightings;
    private final ReadProgress progress;
    private final PartitionReader keys;
    private final PartitionReader records;

    Gathering(Connection connection, StoredResults results, Sightings sightings, ReadProgress progress) {
        this.connection = connection;
        this.results = results;
        this.sightings = sightings;
        this.progress = progress;
        this.keys = PartitionReader.ofKeys(connection, progress);
        this.records = PartitionReader.ofRecords(connection, progress);
    }

    /** Topics in which a scan can stand that has not ended yet. */
    static List<String> streamTopics() {
        return Stream.of(RECEIVED, NORMALIZED, CLASSIFIED)
                .flatMap(topics -> names(topics).stream())
                .toList();
    }

    /** What was received, in every lane. */
    List<KeptRange> received(Instant since) {
        return read(names(RECEIVED), since, Stage.RECEIVED, ScanNames::of);
    }

    /** How each scan ended: as a dead letter, sent back or not, or as a stored result. */
    void ends(Instant since) {
        List<String> letters = Stream.of(RECEIVED, NORMALIZED, CLASSIFIED)
                .flatMap(List::stream)
                .map(Topic::deadLetter)
                .flatMap(Optional::stream)
                .map(TopicSpec::name)
                .toList();
        read(letters, since, Stage.DEAD_LETTER, ScanNames::ofLetter);
        RedriveAudit.read(connection, records, since, audit -> {
            if (RedriveAudit.isSent(audit)) {
                sightings.add(new Sighting.OnTopic(
                        Stage.REDRIVEN,
                        audit.getScanId(),
                        new Place(audit.getLetterTopic(), audit.getLetterPartition(), audit.getLetterOffset()),
                        audit.getLetterAt().toEpochMilli()));
            }
        });
        progress.begin("stored results", 0);
        results.each(since, scan -> {
            sightings.add(new Sighting.InDatabase(
                    scan.scanId(), scan.modelName() + ":" + scan.modelVersion(), hash(scan.resultId())));
            progress.step();
        });
    }

    /** How far scans came that have not ended. */
    void stations(Instant since) {
        read(names(NORMALIZED), since, Stage.NORMALIZED, ScanNames::of);
        read(names(CLASSIFIED), since, Stage.CLASSIFIED, ScanNames::of);
    }

    @Override
    public void close() {
        keys.close();
        records.close();
    }

    private List<KeptRange> read(
            List<String> topics, Instant since, Stage stage, Function<ConsumerRecord<byte[], byte[]>, String> name) {
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> keys.partitions(topic).stream())
                .toList();
        return keys.read(partitions, since, String.join(", ", topics), record -> {
            // A later record can have an earlier time; the scan it belongs to is then not asked for.
            if (record.timestamp() >= since.toEpochMilli()) {
                sightings.add(new Sighting.OnTopic(stage, name.apply(record), Place.of(record), record.timestamp()));
            }
        });
    }

    private static List<String> names(List<Topic> topics) {
        return topics.stream().map(Topic::topicName).toList();
    }

    /** By record, so that a new lane is counted without a word here. */
    private static List<Topic> of(Class<? extends SpecificRecord> type) {
        return Arrays.stream(Topic.values())
                .filter(topic -> topic.recordClass() == type)
                .toList();
    }

    /** FNV-1a of 64 bits: tells apart the few results of one scan. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : text.getBytes(UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }
}
