package org.ctstream.cli.deadletters;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ctstream.cli.connect.AdminCalls;
import org.ctstream.cli.connect.Connection;
import org.ctstream.cli.connect.PartitionReader;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.topic.TopicCreator;

/**
 * Which dead letters have been sent back, as the audit topic tells: it has one record for each, written in the same
 * transaction as the redriven record, and keeps it far longer than the letter itself is kept.
 */
final class RedriveMarks {
    private final Set<LetterKey> marked;

    private RedriveMarks(Collection<LetterKey> marked) {
        this.marked = Set.copyOf(marked);
    }

    static RedriveMarks of(Collection<LetterKey> keys) {
        return new RedriveMarks(keys);
    }

    static RedriveMarks read(Connection connection, PartitionReader reader) {
        var keys = new HashSet<LetterKey>();
        RedriveAudit.read(connection, reader, null, audit -> {
            if (RedriveAudit.isSent(audit)) {
                keys.add(LetterKey.of(audit));
            }
        });
        return new RedriveMarks(keys);
    }

    /** Creates the audit topic if it is missing, as on a cluster that an earlier version has set up. */
    static void prepare(Connection connection) {
        try (var calls = new AdminCalls(connection)) {
            new TopicCreator(calls.admin(), 0, -1).createMissing(List.of(Topic.AUDIT_REDRIVEN.spec()));
        }
    }

    boolean isRedriven(Letter letter) {
        return marked.contains(LetterKey.of(letter));
    }
}
