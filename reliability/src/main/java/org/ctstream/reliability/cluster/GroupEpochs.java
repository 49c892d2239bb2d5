package org.ctstream.reliability.cluster;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ShareGroupDescription;
import org.apache.kafka.common.GroupType;
import org.ctstream.cli.CliException;
import org.ctstream.cli.connect.AdminCalls;
import org.ctstream.cli.connect.Connection;

/** The epoch of each group: it goes up whenever members come or go, and partitions may move. */
public final class GroupEpochs {
    private GroupEpochs() {}

    /** Epochs by group id, of consumer groups and share groups whose id begins so. */
    public static Map<String, Integer> of(Connection connection, String prefix) {
        try (var calls = new AdminCalls(connection)) {
            Admin admin = calls.admin();
            var epochs = new TreeMap<String, Integer>();
            List<GroupListing> groups = admin.listGroups().all().get().stream()
                    .filter(group -> group.groupId().startsWith(prefix))
                    .toList();
            for (ConsumerGroupDescription group : admin.describeConsumerGroups(ids(groups, GroupType.CONSUMER))
                    .all()
                    .get()
                    .values()) {
                epochs.put(group.groupId(), group.groupEpoch().orElse(-1));
            }
            for (ShareGroupDescription group : admin.describeShareGroups(ids(groups, GroupType.SHARE))
                    .all()
                    .get()
                    .values()) {
                epochs.put(group.groupId(), group.groupEpoch());
            }
            return epochs;
        } catch (ExecutionException e) {
            throw CliException.failure("Cannot describe the groups " + prefix + "*: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CliException.failure("Interrupted", e);
        }
    }

    private static List<String> ids(List<GroupListing> groups, GroupType type) {
        return groups.stream()
                .filter(group -> group.type().filter(type::equals).isPresent())
                .map(GroupListing::groupId)
                .toList();
    }
}
