package org.ctstream.cli.deadletters;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.ctstream.cli.connect.AdminCalls;
import org.ctstream.cli.connect.CommittedRecords;
import org.ctstream.cli.connect.Connection;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.schemas.topic.TopicSpec;

/** Reads dead-letter topics from their beginning to the end they have when the reading starts; joins no group. */
final class LetterReader {
    private final Connection connection;

    LetterReader(Connection connection) {
        this.connection = connection;
    }

    /** The catalogue's dead-letter topics that exist on the cluster. */
    List<String> topics() {
        try (var calls = new AdminCalls(connection)) {
            Collection<String> existing =
                    calls.get("list topics", calls.admin().listTopics().names());
            return Topic.allSpecs().stream()
                    .map(TopicSpec::name)
                    .filter(name -> name.endsWith(Topic.DEAD_LETTER_SUFFIX))
                    .filter(existing::contains)
                    .toList();
        }
    }

    /** Hands over every letter of these topics, one partition's in their order. */
    void read(Collection<String> topics, Consumer<Letter> each) {
        CommittedRecords.read(connection, topics, raw -> each.accept(Letter.of(raw)));
    }
}
