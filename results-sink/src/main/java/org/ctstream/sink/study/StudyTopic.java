package org.ctstream.sink.study;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.Serializer;
import org.ctstream.schemas.avro.StudyClassified;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.error.StageException;
import org.ctstream.sink.publish.AckedProducer;
import org.ctstream.sink.store.RecordPlace;
import org.ctstream.sink.store.StudyRevision;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes revisions of studies to {@code ct.study.classified}, many at once, and tells which Kafka has acknowledged.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class StudyTopic implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StudyTopic.class);

    private final AckedProducer producer;
    private final Serializer<StudyClassified> serializer;
    private final StudyRecords records;

    StudyTopic(AckedProducer producer, Serializer<StudyClassified> serializer) {
        this.producer = producer;
        this.serializer = serializer;
        this.records = new StudyRecords(serializer);
    }

    /** Kafka need not be there yet. */
    public static StudyTopic of(ServiceConfig config) {
        return new StudyTopic(
                AckedProducer.of(
                        config,
                        "ctstream-studies-" + config.string(CommonKeys.INSTANCE_NAME),
                        Topic.STUDY_CLASSIFIED.spec().maxMessageBytes()),
                Serializers.valueSerializer(config.serializers()));
    }

    /** Where each revision stands that Kafka has acknowledged, by study; those left out may or may not be there. */
    Map<String, RecordPlace> write(List<StudyRevision> revisions) {
        var sent = new LinkedHashMap<String, Future<RecordMetadata>>();
        @Nullable StageException failure = null;
        for (StudyRevision revision : revisions) {
            try {
                Future<RecordMetadata> future = producer.send(records.of(revision));
                sent.put(revision.studyUid(), future);
                if (future.isDone()) {
                    // Nothing is acknowledged so soon but what the producer gave up on. Each further one would wait as
                    // long.
                    producer.await(future, "a study");
                }
            } catch (RuntimeException e) {
                failure = Failures.of(Stage.STORE, e);
                break;
            }
        }
        var places = new HashMap<String, RecordPlace>();
        for (Map.Entry<String, Future<RecordMetadata>> study : sent.entrySet()) {
            try {
                places.put(study.getKey(), producer.await(study.getValue(), "a study"));
            } catch (StageException e) {
                failure = e;
            }
        }
        if (failure != null) {
            (failure instanceof RetriableStageException ? log.atWarn() : log.atError())
                    .addKeyValue("studies", revisions.size() - places.size())
                    .addKeyValue("reason", failure.getMessage())
                    .log("Studies wait to be published");
        }
        return places;
    }

    @Override
    public void close() {
        producer.close();
        serializer.close();
    }
}
