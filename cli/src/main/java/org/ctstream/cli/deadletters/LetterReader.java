package org.ctstream.cli.deadletters;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.ctstream.cli.connect.PartitionReader;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.schemas.topic.TopicSpec;
import org.jspecify.annotations.Nullable;

/** Reads dead-letter topics up to the end they have when the reading starts; joins no group. */
final class LetterReader {
    private final PartitionReader reader;

    LetterReader(PartitionReader reader) {
        this.reader = reader;
    }

    /** The catalogue's dead-letter topics that exist on the cluster. */
    List<String> topics() {
        return Topic.allSpecs().stream()
                .map(TopicSpec::name)
                .filter(name -> name.endsWith(Topic.DEAD_LETTER_SUFFIX))
                .filter(name -> !reader.partitions(name).isEmpty())
                .toList();
    }

    /**
     * Hands over every letter of these topics, one partition's in their order.
     *
     * @param since null for all; letters that are older may be among them
     */
    void read(Collection<String> topics, @Nullable Instant since, Consumer<Letter> each) {
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> reader.partitions(topic).stream())
                .toList();
        reader.read(partitions, since, "dead letters", raw -> each.accept(Letter.of(raw)));
    }
}
