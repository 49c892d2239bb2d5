package org.ctstream.sink.models;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.ctstream.releases.AnnouncedRelease;
import org.ctstream.releases.ReleaseAnnouncer;
import org.ctstream.releases.StageChange;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.error.StageException;
import org.ctstream.sink.publish.AckedProducer;

/** Announces that a release has another stage. Safe for use by any number of threads. */
@FunctionalInterface
public interface Announcing {
    /**
     * Announces it as every announcement is, and returns its offset.
     *
     * @throws StageException if Kafka or the registry does not take it in time; it may come all the same
     */
    long restage(AnnouncedRelease release, StageChange change);

    /** On the sink's cluster, with a producer of its own each time: people promote some times a year. */
    static Announcing on(ServiceConfig config) {
        Map<String, Object> producer = new HashMap<>(config.producer());
        producer.put(ProducerConfig.CLIENT_ID_CONFIG, "ctstream-promotions-" + config.string(CommonKeys.INSTANCE_NAME));
        AckedProducer.bound(producer);
        producer.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        return (release, change) -> {
            try (var announcer = ReleaseAnnouncer.open(producer, config.serializers())) {
                return announcer.restage(release, change);
            }
        };
    }
}
