package org.ctstream.worker.queue;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.error.StageException;
import org.ctstream.service.topic.ClusterCheck;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets the workers' share groups ready before the first consumer joins: a group that has not been told where to begin
 * begins at the end of its topic, and passes over what is there.
 */
public final class ShareGroups implements ClusterCheck {
    private static final Logger log = LoggerFactory.getLogger(ShareGroups.class);
    private static final String FEATURE = "share.version";

    private final QueueSettings settings;

    public ShareGroups(QueueSettings settings) {
        this.settings = settings;
    }

    /**
     * Checks that the cluster has share groups, and configures ours where they are not as they should be.
     *
     * @throws StageException fatal if it has none, refuses the configuration or refuses us; retriable if no broker
     *     answers
     */
    @Override
    public void check(Admin admin) {
        requireShareGroups(admin);
        for (Lane lane : Lane.values()) {
            configure(admin, settings.group(lane));
        }
    }

    private static void requireShareGroups(Admin admin) {
        Map<String, FinalizedVersionRange> finalized =
                get(admin.describeFeatures().featureMetadata()).finalizedFeatures();
        FinalizedVersionRange level = finalized.get(FEATURE);
        if (level == null || level.maxVersionLevel() < 1) {
            throw new FatalStageException(
                    Stage.DESERIALIZE,
                    "Cannot work in queue mode: this cluster has no share groups, its " + FEATURE + " is "
                            + (level == null ? "0" : level.maxVersionLevel())
                            + " (expected: 1 or more; brokers of Kafka 4.2 or newer, and \"kafka-features.sh upgrade "
                            + "--feature share.version=1\"). Set delivery.mode=exactly-once to do without.",
                    null);
        }
    }

    private void configure(Admin admin, String group) {
        var resource = new ConfigResource(ConfigResource.Type.GROUP, group);
        Map<String, String> wanted = new TreeMap<>(settings.groupConfiguration());
        try {
            Config present = Objects.requireNonNull(
                    await(admin.describeConfigs(List.of(resource)).all()).get(resource), "asked for it alone");
            wanted.entrySet().removeIf(entry -> isSet(present, entry.getKey(), entry.getValue()));
            if (wanted.isEmpty()) {
                return;
            }
            Collection<AlterConfigOp> changes = wanted.entrySet().stream()
                    .map(entry -> new AlterConfigOp(new ConfigEntry(entry.getKey(), entry.getValue()), OpType.SET))
                    .toList();
            await(admin.incrementalAlterConfigs(Map.of(resource, changes)).all());
            log.atInfo()
                    .addKeyValue("group", group)
                    .addKeyValue("configuration", wanted)
                    .log("Share group configured");
        } catch (ExecutionException e) {
            throw refused(group, wanted, e.getCause() == null ? e : e.getCause());
        }
    }

    /** A value of the broker's own is not enough: it changes when the broker's configuration does. */
    private static boolean isSet(Config present, String key, String value) {
        ConfigEntry entry = present.get(key);
        return entry != null
                && value.equals(entry.value())
                && entry.source() == ConfigEntry.ConfigSource.DYNAMIC_GROUP_CONFIG;
    }

    private static StageException refused(String group, Map<String, String> wanted, Throwable cause) {
        String list = wanted.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
        String command = "\"kafka-configs.sh --alter --entity-type groups --entity-name " + group + " --add-config "
                + list + "\"";
        if (cause instanceof AuthorizationException) {
            return new FatalStageException(
                    Stage.DESERIALIZE,
                    "Not allowed to configure share group " + group + ": " + cause.getMessage()
                            + " (expected: the rights DESCRIBE_CONFIGS and ALTER_CONFIGS on it, or an administrator who "
                            + "has run " + command + ")",
                    cause);
        }
        if (cause instanceof InvalidConfigurationException || cause instanceof InvalidRequestException) {
            return new FatalStageException(
                    Stage.DESERIALIZE,
                    "The brokers refuse the configuration of share group " + group + ": " + cause.getMessage()
                            + " (tried: " + list + "; queue.lock.ms and queue.delivery.limit have to be within the "
                            + "brokers' group.share.min.* and group.share.max.*)",
                    cause);
        }
        return Failures.of(Stage.DESERIALIZE, cause);
    }

    private static <T> T get(KafkaFuture<T> answer) {
        try {
            return await(answer);
        } catch (ExecutionException e) {
            throw Failures.of(Stage.DESERIALIZE, e);
        }
    }

    private static <T> T await(KafkaFuture<T> answer) throws ExecutionException {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FatalStageException(Stage.DESERIALIZE, "Interrupted while preparing share groups", e);
        }
    }
}
