package org.ctstream.cli.it;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.ctstream.cli.connect.Connection;

/** What the coordinator says of a consumer group's members. */
final class GroupMembers {
    private GroupMembers() {}

    /** Members that hold partitions and have none to give up or to wait for; none if there is no such group. */
    static long settled(Connection connection, String group) {
        try (var admin = Admin.create(connection.admin())) {
            ConsumerGroupDescription description = Objects.requireNonNull(
                    admin.describeConsumerGroups(List.of(group)).all().get().get(group));
            return description.members().stream()
                    .filter(GroupMembers::isSettled)
                    .count();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return 0;
            }
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ready says that a worker is connected, not that the other one has handed it its share. */
    private static boolean isSettled(MemberDescription member) {
        return !member.assignment().topicPartitions().isEmpty()
                && member.targetAssignment()
                        .map(target -> target.equals(member.assignment()))
                        .orElse(true);
    }
}
