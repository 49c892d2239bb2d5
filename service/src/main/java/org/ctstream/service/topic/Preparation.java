package org.ctstream.service.topic;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.ctstream.schemas.registry.SchemaRegistration;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.health.Health;
import org.ctstream.service.health.HealthParts;
import org.ctstream.service.lifecycle.Backoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets broker and registry ready for a service: topics created or checked, schemas registered. A service may start
 * before either of them; it waits, and says so on {@code /readyz}.
 */
public final class Preparation {
    private static final Logger log = LoggerFactory.getLogger(Preparation.class);
    private static final String PART = HealthParts.TOPICS_AND_SCHEMAS;
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration SLOWEST_RETRY = Duration.ofSeconds(5);

    private static final long STOP_CHECK_MS = 50;
    /** Well below the liveness bound: a service that waits for its broker is alive. */
    private static final int ANSWER_TIMEOUT_MS = 10_000;

    private Preparation() {}

    /**
     * Tries until it succeeds or the service is asked to stop.
     *
     * @throws FatalStageException if only a person can mend it: missing rights, missing topics, a refused schema
     */
    public static void await(ServiceConfig config, Health health, BooleanSupplier stopping) {
        await(config, health, stopping, ClusterCheck.NONE);
    }

    /**
     * The same for a service that asks more of the cluster.
     *
     * @throws FatalStageException also if the cluster is not what the check asks for
     */
    public static void await(ServiceConfig config, Health health, BooleanSupplier stopping, ClusterCheck check) {
        var backoff = new Backoff(FIRST_RETRY, SLOWEST_RETRY);
        while (!stopping.getAsBoolean()) {
            health.signOfLife();
            try {
                prepare(config, check);
                health.ready(PART);
                return;
            } catch (RetriableStageException e) {
                health.notReady(PART, String.valueOf(e.getMessage()));
                log.atWarn()
                        .addKeyValue("attempt", backoff.failures() + 1)
                        .addKeyValue("reason", e.getMessage())
                        .log("Kafka or the schema registry is not there yet");
                health.signOfLife();
                pause(backoff.next(), stopping);
            }
        }
    }

    /** Tries once. */
    public static void prepare(ServiceConfig config) {
        prepare(config, ClusterCheck.NONE);
    }

    /** Tries once; nothing is created on a cluster that does not pass the check. */
    private static void prepare(ServiceConfig config, ClusterCheck check) {
        Map<String, Object> settings = config.admin();
        settings.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_TIMEOUT_MS);
        settings.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_TIMEOUT_MS);
        try (Admin admin = Admin.create(settings)) {
            check.check(admin);
            var topics = new TopicCreator(
                    admin,
                    config.integer(CommonKeys.TOPICS_PARTITIONS),
                    config.integer(CommonKeys.TOPICS_REPLICATION_FACTOR));
            if (config.bool(CommonKeys.TOPICS_CREATE)) {
                Set<String> created = topics.createMissing(Topic.allSpecs());
                SchemaRegistration.of(config.serializers()).registerAll();
                if (!created.isEmpty()) {
                    log.atInfo().addKeyValue("topics", created).log("Topics created");
                }
            } else {
                topics.requireAll(Topic.allSpecs());
            }
        } catch (KafkaException e) {
            throw Failures.of(Stage.DESERIALIZE, e);
        }
    }

    private static void pause(Duration wait, BooleanSupplier stopping) {
        try {
            long end = System.nanoTime() + wait.toNanos();
            while (!stopping.getAsBoolean() && System.nanoTime() - end < 0) {
                Thread.sleep(STOP_CHECK_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FatalStageException(Stage.DESERIALIZE, "Interrupted while waiting for Kafka", e);
        }
    }
}
