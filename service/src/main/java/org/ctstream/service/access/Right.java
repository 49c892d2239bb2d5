package org.ctstream.service.access;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What one user may do with one kind of thing at the broker.
 *
 * @param pattern whether {@code name} is the thing's name or how the names of several things begin
 * @param operations at least one, allowed from any host
 * @param purpose why the user needs it, for documentation
 */
public record Right(
        ServiceUser user,
        ResourceType resource,
        PatternType pattern,
        String name,
        Set<AclOperation> operations,
        String purpose) {
    private static final String ANY_HOST = "*";

    public Right {
        if (operations.isEmpty()) {
            throw new IllegalArgumentException("A right of " + user + " to do nothing with " + name);
        }
        if (pattern != PatternType.LITERAL && pattern != PatternType.PREFIXED) {
            throw new IllegalArgumentException("Pattern " + pattern + " (expected: LITERAL or PREFIXED)");
        }
        operations = Set.copyOf(operations);
    }

    /** The operations in Kafka's order. */
    public List<AclOperation> sortedOperations() {
        return List.copyOf(new TreeSet<>(operations));
    }

    /** The ACLs that give it. */
    public List<AclBinding> bindings() {
        var what = new ResourcePattern(resource, name, pattern);
        return sortedOperations().stream()
                .map(operation -> new AclBinding(
                        what,
                        new AccessControlEntry("User:" + user.word(), ANY_HOST, operation, AclPermissionType.ALLOW)))
                .toList();
    }
}
