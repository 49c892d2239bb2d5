package org.ctstream.service.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ConfigProblemsException;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Membership of a consumer group by name: an instance that stops and comes back within the group's session timeout finds
 * its partitions again, and no other member loses or gets any meanwhile.
 *
 * <p>A member that was killed has not said goodbye, and the broker refuses its name to anybody until its session ends
 * (KIP-848). The instance that bears the name now ends that membership itself: two live instances of one name are an
 * error in any case, for they fence each other's transactions.
 *
 * @see "KIP-345, KIP-848"
 */
public final class StaticMembership {
    public static final String KEY = "static.membership";

    private static final Logger log = LoggerFactory.getLogger(StaticMembership.class);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    private StaticMembership() {}

    /** Adds the key to a service's keys. */
    public static ConfigDef define(ConfigDef def) {
        return def.define(
                KEY,
                Type.BOOLEAN,
                false,
                Importance.MEDIUM,
                "Member of the consumer group by " + CommonKeys.INSTANCE_NAME
                        + ", which then has to be given and the same after a restart: its partitions wait for it until the "
                        + "group's session timeout, and a restart moves none. For instances that come back under their "
                        + "name, such as those of a StatefulSet; one that is removed for good leaves its partitions idle "
                        + "that long.");
    }

    /** @throws ConfigProblemsException if membership is by name and no name is given */
    public static void check(String service, ServiceConfig config) {
        if (config.bool(KEY) && !config.isSet(CommonKeys.INSTANCE_NAME)) {
            throw new ConfigProblemsException(
                    service,
                    List.of(KEY + "=true needs " + CommonKeys.INSTANCE_NAME
                            + " (expected: a name that is the same after a restart and that no other instance has)"));
        }
    }

    /** What a consumer's configuration has of it; empty without membership by name. */
    public static Map<String, Object> settings(ServiceConfig config) {
        return config.bool(KEY)
                ? Map.of(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, config.string(CommonKeys.INSTANCE_NAME))
                : Map.of();
    }

    /**
     * Ends the membership of a former instance of this name that did not end it itself. To be called before the consumer
     * joins; does nothing without membership by name.
     *
     * @throws org.ctstream.service.error.StageException retriable if no broker answers, fatal without the right to read
     *     the group
     */
    public static void takeOver(Admin admin, ServiceConfig config, String group) {
        if (!config.bool(KEY)) {
            return;
        }
        String instance = config.string(CommonKeys.INSTANCE_NAME);
        try {
            if (hasUnreleased(admin, group, instance)) {
                admin.removeMembersFromConsumerGroup(
                                group, new RemoveMembersFromConsumerGroupOptions(List.of(new MemberToRemove(instance))))
                        .all()
                        .get(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
                log.atInfo()
                        .addKeyValue("group", group)
                        .addKeyValue("instance", instance)
                        .log("A former instance of this name had not left its group; its membership is ended");
            }
        } catch (ExecutionException | TimeoutException e) {
            if (!isGone(e)) {
                throw Failures.of(Stage.DESERIALIZE, e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FatalStageException(Stage.DESERIALIZE, "Interrupted while joining group " + group, e);
        }
    }

    /** A member that left for a while has a negative epoch, and its name is free. */
    private static boolean hasUnreleased(Admin admin, String group, String instance)
            throws ExecutionException, InterruptedException, TimeoutException {
        return admin
                .describeConsumerGroups(List.of(group))
                .all()
                .get(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .values()
                .stream()
                .flatMap(description -> description.members().stream())
                .filter(member -> member.groupInstanceId().equals(Optional.of(instance)))
                .map(MemberDescription::memberEpoch)
                .anyMatch(epoch -> epoch.orElse(0) >= 0);
    }

    /** The group has never been, or the session ended while we looked. */
    private static boolean isGone(Exception e) {
        return e.getCause() instanceof GroupIdNotFoundException || e.getCause() instanceof UnknownMemberIdException;
    }
}
