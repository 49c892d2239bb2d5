package org.ctstream.service.topic;

import org.apache.kafka.clients.admin.Admin;

/** Something a service asks of the cluster before it begins. */
@FunctionalInterface
public interface ClusterCheck {
    /** Asks nothing. */
    ClusterCheck NONE = admin -> {};

    /**
     * Returns if the cluster is as it should be.
     *
     * @throws org.ctstream.service.error.StageException retriable if no broker answers, fatal if only a person can mend
     *     what was found
     */
    void check(Admin admin);

    /** This one first, then the other. */
    default ClusterCheck and(ClusterCheck other) {
        return admin -> {
            check(admin);
            other.check(admin);
        };
    }
}
