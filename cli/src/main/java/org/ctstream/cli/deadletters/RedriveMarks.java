package org.ctstream.cli.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ctstream.cli.connect.AdminCalls;
import org.ctstream.cli.connect.CommittedRecords;
import org.ctstream.cli.connect.Connection;
import org.ctstream.schemas.topic.CleanupPolicy;
import org.ctstream.schemas.topic.TopicSpec;
import org.ctstream.service.topic.TopicCreator;

/**
 * Which dead letters have been sent back: a compacted topic with one record per letter, written in the same transaction
 * as the redriven record, so that neither is ever there without the other.
 */
final class RedriveMarks {
    static final String TOPIC = "ctstream.redrives";

    private static final int MAX_BYTES = 1 << 20;

    private final Set<String> marked;

    private RedriveMarks(Collection<String> marked) {
        this.marked = Set.copyOf(marked);
    }

    static RedriveMarks of(Collection<String> keys) {
        return new RedriveMarks(keys);
    }

    /** What is on the topic; nothing if there is no topic yet. */
    static RedriveMarks read(Connection connection) {
        if (!exists(connection)) {
            return new RedriveMarks(Set.of());
        }
        var keys = new HashSet<String>();
        CommittedRecords.read(connection, List.of(TOPIC), mark -> {
            if (mark.key() != null && mark.value() != null) {
                keys.add(new String(mark.key(), UTF_8));
            }
        });
        return new RedriveMarks(keys);
    }

    /** Creates the topic if it is missing. */
    static void prepare(Connection connection) {
        if (exists(connection)) {
            return;
        }
        try (var calls = new AdminCalls(connection)) {
            var spec = new TopicSpec(TOPIC, 1, TopicSpec.FOREVER, CleanupPolicy.COMPACT, MAX_BYTES);
            new TopicCreator(calls.admin(), 0, -1).createMissing(List.of(spec));
        }
    }

    /** The time is part of it, since offsets begin anew when a topic is deleted and created again. */
    static String keyOf(Letter letter) {
        return letter.id() + "/" + letter.raw().timestamp();
    }

    boolean isRedriven(Letter letter) {
        return marked.contains(keyOf(letter));
    }

    private static boolean exists(Connection connection) {
        try (var calls = new AdminCalls(connection)) {
            return calls.get("list topics", calls.admin().listTopics().names()).contains(TOPIC);
        }
    }
}
