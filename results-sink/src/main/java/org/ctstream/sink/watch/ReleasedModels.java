package org.ctstream.sink.watch;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ctstream.releases.AnnouncedRelease;
import org.ctstream.releases.AnnouncementDecoding;
import org.ctstream.releases.ReleaseCatalogue;
import org.ctstream.schemas.avro.ModelReleased;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.error.StageException;

/**
 * The releases announced on {@code ct.model.released}, each with its newest stage. The one workers serve is that with the
 * newest record among those in PRODUCTION.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads; one reads, the others wait for it.
 */
public final class ReleasedModels implements AutoCloseable {
    private final TopicScan topic;
    private final AnnouncementDecoding decoding;
    private ReleaseCatalogue catalogue = ReleaseCatalogue.EMPTY;

    public ReleasedModels(ServiceConfig config) {
        this.topic = new TopicScan(config, List.of(Topic.MODEL_RELEASED.topicName()), Long.MAX_VALUE);
        this.decoding = new AnnouncementDecoding(config.serializers());
    }

    /**
     * What is announced now, to decide by.
     *
     * @throws StageException retriable if Kafka or the registry is away, or the topic is longer than can be read at once
     */
    public synchronized ReleaseCatalogue catalogue() {
        if (!update()) {
            throw new RetriableStageException(
                    Stage.FETCH, Topic.MODEL_RELEASED.topicName() + " is not read to its end yet", null);
        }
        return catalogue;
    }

    /**
     * All of them, the newest record first.
     *
     * @throws StageException retriable if Kafka or the registry is away
     */
    public synchronized List<Released> read() {
        boolean unused = update(); // what is not reached now is reached the next time
        long serving = catalogue.production().map(AnnouncedRelease::offset).orElse(-1L);
        return catalogue.releases().stream()
                .map(release -> Released.of(release.released(), release.offset(), release.offset() == serving))
                .toList();
    }

    @Override
    public void close() {
        decoding.close();
    }

    /** False if the end was not reached. A record that comes again after a failure says the same again. */
    private boolean update() {
        return topic.read(record -> catalogue = decoding.apply(catalogue, record));
    }

    /**
     * A release.
     *
     * @param metrics results of its evaluation by name
     * @param serving whether it is the one workers serve
     */
    public record Released(
            String name,
            String version,
            String architecture,
            String stage,
            boolean trained,
            double threshold,
            Map<String, Double> metrics,
            Instant releasedAt,
            boolean serving,
            long offset) {
        public Released {
            metrics = Map.copyOf(metrics);
        }

        static Released of(ModelReleased released, long offset, boolean serving) {
            return new Released(
                    released.getName(),
                    released.getVersion(),
                    released.getArchitecture(),
                    released.getStage().name(),
                    released.getTrained(),
                    released.getThreshold(),
                    new TreeMap<>(released.getMetrics()),
                    released.getReleasedAt(),
                    serving,
                    offset);
        }
    }
}
