package org.ctstream.service.access;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/** Collects the rights of one user. */
final class UserRights {
    private static final String CLUSTER = "kafka-cluster";

    private final ServiceUser user;
    private final List<Right> rights = new ArrayList<>();

    UserRights(ServiceUser user) {
        this.user = user;
    }

    List<Right> list() {
        return List.copyOf(rights);
    }

    UserRights read(List<String> topics, String purpose) {
        return topics(topics, purpose, AclOperation.READ);
    }

    UserRights write(List<String> topics, String purpose) {
        return topics(topics, purpose, AclOperation.WRITE);
    }

    /** A consumer group, share group or Streams application: joined, and its offsets read and committed. */
    UserRights join(String group, String purpose) {
        return add(ResourceType.GROUP, PatternType.LITERAL, group, purpose, AclOperation.READ);
    }

    UserRights transactions(PatternType pattern, String id, String purpose) {
        return add(ResourceType.TRANSACTIONAL_ID, pattern, id, purpose, AclOperation.WRITE, AclOperation.DESCRIBE);
    }

    UserRights cluster(String purpose, AclOperation... operations) {
        return add(ResourceType.CLUSTER, PatternType.LITERAL, CLUSTER, purpose, operations);
    }

    UserRights topics(List<String> names, String purpose, AclOperation... operations) {
        names.forEach(name -> add(ResourceType.TOPIC, PatternType.LITERAL, name, purpose, operations));
        return this;
    }

    UserRights add(
            ResourceType resource, PatternType pattern, String name, String purpose, AclOperation... operations) {
        Set<AclOperation> all = EnumSet.noneOf(AclOperation.class);
        all.addAll(List.of(operations));
        rights.add(new Right(user, resource, pattern, name, all, purpose));
        return this;
    }
}
