package org.ctstream.sink.study;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.ctstream.schemas.avro.StudyClassified;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.event.EventHeaders;
import org.ctstream.sink.store.StudyRevision;
import org.ctstream.sink.store.StudySummary;

/** Turns a revision into the record that goes to {@code ct.study.classified}; the same one into the same value. */
final class StudyRecords {
    private static final String TOPIC = Topic.STUDY_CLASSIFIED.topicName();
    private static final String SOURCE = "ctstream/results-sink";

    private final Serializer<StudyClassified> serializer;

    StudyRecords(Serializer<StudyClassified> serializer) {
        this.serializer = serializer;
    }

    /** @throws org.apache.kafka.common.KafkaException if the schema registry is away or refuses */
    ProducerRecord<byte[], byte[]> of(StudyRevision revision) {
        String id = revision.studyUid() + "/" + revision.revision();
        Headers headers = EventHeaders.starting(TOPIC, id, SOURCE, revision.rolledUpAt());
        byte[] value = serializer.serialize(TOPIC, headers, study(revision));
        return new ProducerRecord<>(TOPIC, null, revision.studyUid().getBytes(UTF_8), value, headers);
    }

    static StudyClassified study(StudyRevision revision) {
        StudySummary summary = revision.summary();
        return StudyClassified.newBuilder()
                .setStudyUid(revision.studyUid())
                .setRevision(revision.revision())
                .setSupersedes(revision.revision() == 1 ? null : revision.revision() - 1)
                .setState(revision.state())
                .setComplete(revision.complete())
                .setLabel(revision.label())
                .setSlices(summary.slices().total())
                .setPositiveSlices(summary.slices().positive())
                .setNegativeSlices(summary.slices().negative())
                .setIndeterminateSlices(summary.slices().indeterminate())
                .setPositiveSlicesNeeded(revision.positiveSlicesNeeded())
                .setWorstScanId(summary.worst().scanId())
                .setWorstResultId(summary.worst().resultId())
                .setWorstProbability(summary.worst().probability())
                .setMeanProbability(summary.meanProbability())
                .setModelTrained(summary.modelTrained())
                .setModels(summary.models())
                .setSources(summary.sources())
                .setPriority(summary.priority())
                .setFirstReceivedAt(summary.firstReceivedAt())
                .setFirstSliceAt(revision.firstSliceAt())
                .setLastSliceAt(revision.lastSliceAt())
                .setRolledUpAt(revision.rolledUpAt())
                .build();
    }
}
