package org.ctstream.worker;

import org.ctstream.schemas.topic.Lane;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.health.Health;
import org.ctstream.service.kafka.StaticMembership;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.service.topic.ClusterCheck;
import org.ctstream.service.topic.TransactionVersion;
import org.ctstream.worker.consume.DeliveryLoop;
import org.ctstream.worker.exactlyonce.ExactlyOnceSettings;
import org.ctstream.worker.exactlyonce.ExactlyOnceWorker;
import org.ctstream.worker.gate.ScanGate;
import org.ctstream.worker.predict.BatchLimits;
import org.ctstream.worker.queue.QueueSettings;
import org.ctstream.worker.queue.QueueWorker;
import org.ctstream.worker.queue.ShareGroups;

/** The delivery mode a configuration chooses, and what it asks of the cluster. */
final class DeliveryModes {
    static final String EXACTLY_ONCE = "exactly-once";
    static final String QUEUE = "queue";

    private DeliveryModes() {}

    static DeliveryLoop of(ServiceConfig config, BatchLimits limits, Health health, Metrics metrics) {
        ScanGate gate = Gates.of(config, metrics);
        if (isQueue(config)) {
            return new QueueWorker(config, queueSettings(config), gate, health, metrics);
        }
        var settings = ExactlyOnceSettings.of(
                config.string(WorkerKeys.GROUP_ID),
                config.string(CommonKeys.INSTANCE_NAME),
                config.bool(WorkerKeys.EMBEDDING_PUBLISH),
                limits,
                config.millis(CommonKeys.DRAIN_TIMEOUT_MS));
        return new ExactlyOnceWorker(config, settings, gate, health, metrics);
    }

    static BatchLimits limits(ServiceConfig config) {
        // Hands end where batches do not: with one batch more, none of them waits for the rest of another's.
        int spare = isQueue(config) ? 1 : 0;
        return new BatchLimits(
                config.integer(WorkerKeys.BATCH_MAX_SIZE),
                config.integer(WorkerKeys.BATCHES_IN_FLIGHT) + spare,
                config.millis(WorkerKeys.BATCH_MAX_WAIT_MS),
                config.decimal(WorkerKeys.ROUTINE_LEAST_SHARE));
    }

    static ClusterCheck clusterCheck(ServiceConfig config) {
        if (isQueue(config)) {
            return new ShareGroups(queueSettings(config));
        }
        return new TransactionVersion("an inference worker", "or set " + WorkerKeys.DELIVERY_MODE + "=" + QUEUE)
                .and(admin -> {
                    for (Lane lane : Lane.values()) {
                        StaticMembership.takeOver(
                                admin, config, ExactlyOnceSettings.group(config.string(WorkerKeys.GROUP_ID), lane));
                    }
                });
    }

    private static boolean isQueue(ServiceConfig config) {
        return config.string(WorkerKeys.DELIVERY_MODE).equals(QUEUE);
    }

    private static QueueSettings queueSettings(ServiceConfig config) {
        return new QueueSettings(
                config.string(WorkerKeys.GROUP_ID),
                config.string(CommonKeys.INSTANCE_NAME),
                config.bool(WorkerKeys.EMBEDDING_PUBLISH),
                config.integer(WorkerKeys.BATCHES_IN_FLIGHT),
                config.integer(WorkerKeys.BATCH_MAX_SIZE),
                config.millis(WorkerKeys.QUEUE_LOCK_MS),
                config.integer(WorkerKeys.QUEUE_DELIVERY_LIMIT),
                config.millis(CommonKeys.DRAIN_TIMEOUT_MS));
    }
}
