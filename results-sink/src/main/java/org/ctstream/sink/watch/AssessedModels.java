package org.ctstream.sink.watch;

import java.util.List;
import java.util.Optional;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.releases.assess.Assessments;
import org.ctstream.schemas.avro.ModelAssessed;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.error.StageException;

/**
 * How candidates did in shadow, from {@code ct.model.assessed}.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads; one reads, the others wait for it.
 */
public final class AssessedModels implements AutoCloseable {
    private final TopicScan topic;
    private final Assessments assessments;

    public AssessedModels(ServiceConfig config) {
        this.topic = new TopicScan(config, List.of(Topic.MODEL_ASSESSED.topicName()), Long.MAX_VALUE);
        this.assessments = new Assessments(config.serializers());
    }

    /**
     * Reads what is new.
     *
     * @throws StageException retriable if Kafka or the registry is away, or the topic is longer than can be read at once
     */
    public synchronized void update() {
        if (!topic.read(assessments::take)) {
            throw new RetriableStageException(
                    Stage.FETCH, Topic.MODEL_ASSESSED.topicName() + " is not read to its end yet", null);
        }
    }

    /** The release's newest assessment, as of the last {@link #update}. */
    public Optional<ModelAssessed> of(ReleaseId release) {
        return assessments.of(release);
    }

    @Override
    public void close() {
        assessments.close();
    }
}
