package org.ctstream.schemas.topic;

import static org.ctstream.schemas.topic.CleanupPolicy.COMPACT;
import static org.ctstream.schemas.topic.CleanupPolicy.COMPACT_AND_DELETE;
import static org.ctstream.schemas.topic.CleanupPolicy.DELETE;
import static org.ctstream.schemas.topic.TopicSpec.FOREVER;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.ctstream.schemas.avro.LetterRedriven;
import org.ctstream.schemas.avro.ModelAssessed;
import org.ctstream.schemas.avro.ModelReleased;
import org.ctstream.schemas.avro.ScanAlerted;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.schemas.avro.ScanLabeled;
import org.ctstream.schemas.avro.ScanNormalized;
import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.schemas.avro.StudyClassified;

/**
 * Every topic of ctstream with its record type. Keys are strings: the scan id, or {@code name:version} on
 * {@link #MODEL_RELEASED}, or the study's pseudonym on {@link #STUDY_CLASSIFIED}.
 *
 * <p>Topics our own services consume have a dead-letter topic, {@code <topic>.dlt}; the values on it are the original
 * bytes, so it has no schema.
 */
public enum Topic {
    /** Scans as published by a PACS integration. */
    SCAN_RECEIVED("ct.scan.received", ScanReceived.class, 6, Duration.ofDays(7), DELETE, Sizes.MIB_16, true),
    /** The same for scans that must not wait behind others, see {@link Lane}. */
    SCAN_RECEIVED_STAT("ct.scan.received.stat", ScanReceived.class, 6, Duration.ofDays(7), DELETE, Sizes.MIB_16, true),
    /** Scans as one grey slice of the network's input size. */
    SCAN_NORMALIZED("ct.scan.normalized", ScanNormalized.class, 6, Duration.ofDays(7), DELETE, Sizes.MIB_1, true),
    /** The same for scans that must not wait behind others. */
    SCAN_NORMALIZED_STAT(
            "ct.scan.normalized.stat", ScanNormalized.class, 6, Duration.ofDays(7), DELETE, Sizes.MIB_1, true),
    /** Classifications, one per scan and model. */
    SCAN_CLASSIFIED("ct.scan.classified", ScanClassified.class, 6, Duration.ofDays(30), DELETE, Sizes.MIB_1, true),
    /** Alerts on positive classifications, for systems outside ctstream. */
    SCAN_ALERTED("ct.scan.alerted", ScanAlerted.class, 6, Duration.ofDays(30), DELETE, Sizes.MIB_1, false),
    /** Scans with the label a reader gave them. */
    SCAN_LABELED("ct.scan.labeled", ScanLabeled.class, 3, FOREVER, COMPACT, Sizes.MIB_16, true),
    /** Model releases and changes of their stage. One partition, because their order over all models matters. */
    MODEL_RELEASED("ct.model.released", ModelReleased.class, 1, FOREVER, COMPACT, Sizes.MIB_1, false),
    /** What redrives did with dead letters, by whom and why. Kept far longer than the letters, for it marks those sent. */
    AUDIT_REDRIVEN("ct.audit.redriven", LetterRedriven.class, 1, Duration.ofDays(3_653), DELETE, Sizes.MIB_1, false),
    /** Studies, rolled up from their slices. Compacted, because only a study's newest revision holds; a year old, it goes. */
    STUDY_CLASSIFIED(
            "ct.study.classified",
            StudyClassified.class,
            6,
            Duration.ofDays(365),
            COMPACT_AND_DELETE,
            Sizes.MIB_1,
            false),
    /** How candidates did in shadow beside production; keyed as {@link #MODEL_RELEASED}. */
    MODEL_ASSESSED("ct.model.assessed", ModelAssessed.class, 1, FOREVER, COMPACT, Sizes.MIB_1, false);

    /** What is added to a topic's name for its dead letters. */
    public static final String DEAD_LETTER_SUFFIX = ".dlt";

    private static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(90);

    /** Room for the headers a dead letter has on top of the original record. */
    private static final int DEAD_LETTER_HEAD_ROOM = 256 * 1024;

    @SuppressWarnings(
            "ImmutableEnumChecker") // A record of immutable values; the checker wants an annotation of its own.
    private final TopicSpec spec;

    private final Class<? extends SpecificRecord> recordClass;
    private final boolean deadLettered;

    Topic(
            String name,
            Class<? extends SpecificRecord> recordClass,
            int partitions,
            Duration retention,
            CleanupPolicy cleanup,
            int maxMessageBytes,
            boolean deadLettered) {
        this.spec = new TopicSpec(name, partitions, retention, cleanup, maxMessageBytes);
        this.recordClass = recordClass;
        this.deadLettered = deadLettered;
    }

    /** The Kafka topic's name. Called so because {@link #name()} is the enum constant's. */
    public String topicName() {
        return spec.name();
    }

    /** How the topic is created. */
    public TopicSpec spec() {
        return spec;
    }

    /** The generated class of the topic's records. */
    public Class<? extends SpecificRecord> recordClass() {
        return recordClass;
    }

    /** The schema of the topic's records, as generated (with {@code avro.java.string}). */
    public Schema schema() {
        return SpecificData.get().getSchema(recordClass);
    }

    /** The registry subject of the topic's values, by topic name. */
    public String valueSubject() {
        return spec.name() + "-value";
    }

    /** The topic's dead-letter topic, or empty if no service of ours consumes the topic record by record. */
    public Optional<TopicSpec> deadLetter() {
        if (!deadLettered) {
            return Optional.empty();
        }
        return Optional.of(new TopicSpec(
                spec.name() + DEAD_LETTER_SUFFIX,
                1,
                DEAD_LETTER_RETENTION,
                DELETE,
                spec.maxMessageBytes() + DEAD_LETTER_HEAD_ROOM));
    }

    /** Every topic to create: the topics in catalogue order, each followed by its dead-letter topic. */
    public static List<TopicSpec> allSpecs() {
        List<TopicSpec> specs = new ArrayList<>();
        for (Topic topic : values()) {
            specs.add(topic.spec);
            topic.deadLetter().ifPresent(specs::add);
        }
        return List.copyOf(specs);
    }

    /** The topic of that name, if it is in the catalogue; dead-letter topics are not. */
    public static Optional<Topic> ofTopicName(String name) {
        return Arrays.stream(values()).filter(t -> t.topicName().equals(name)).findFirst();
    }

    /** Sizes in bytes; a nested class because an enum's constants cannot use its own static fields. */
    private static final class Sizes {
        static final int MIB_1 = 1 << 20;
        static final int MIB_16 = 16 << 20;
    }
}
