package org.ctstream.reliability.ledger;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.ctstream.cli.CliException;
import org.ctstream.cli.connect.AdminCalls;
import org.ctstream.cli.connect.Connection;

/** Partitions whose end committed readers cannot see yet: a transaction is open there, or its end is not marked yet. */
final class OpenTransactions {
    private final Connection connection;
    private final List<String> topics;

    OpenTransactions(Connection connection, List<String> topics) {
        this.connection = connection;
        this.topics = List.copyOf(topics);
    }

    /** Names of those partitions, sorted. */
    List<String> partitions() {
        try (var calls = new AdminCalls(connection)) {
            Map<TopicPartition, OffsetSpec> ends =
                    calls.admin().describeTopics(topics).allTopicNames().get().values().stream()
                            .flatMap(topic ->
                                    topic.partitions().stream().map(info -> partition(topic, info.partition())))
                            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
            var written = offsets(calls, ends, IsolationLevel.READ_UNCOMMITTED);
            var committed = offsets(calls, ends, IsolationLevel.READ_COMMITTED);
            return written.keySet().stream()
                    .filter(partition -> !Objects.equals(written.get(partition), committed.get(partition)))
                    .toList();
        } catch (ExecutionException e) {
            throw CliException.failure("Cannot ask for the ends of " + topics + ": " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CliException.failure("Interrupted", e);
        }
    }

    private static Map<String, Long> offsets(
            AdminCalls calls, Map<TopicPartition, OffsetSpec> ends, IsolationLevel level)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, ListOffsetsResultInfo> found = calls.admin()
                .listOffsets(ends, new ListOffsetsOptions(level))
                .all()
                .get();
        var offsets = new TreeMap<String, Long>();
        found.forEach((partition, info) -> offsets.put(partition.toString(), info.offset()));
        return offsets;
    }

    private static TopicPartition partition(TopicDescription topic, int partition) {
        return new TopicPartition(topic.name(), partition);
    }
}
