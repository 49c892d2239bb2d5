package org.ctstream.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.deadletter.DeadLetter;

/**
 * How many committed records each scan has on each topic. Counts everything; the questions are limited to the scans of
 * this run.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 */
final class TopicTally {
    private final Map<String, Map<String, Integer>> countsByTopic = new HashMap<>();
    private final List<DeadLetter> deadLetters = new ArrayList<>();

    void add(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return; // no scan of ours: those have their id as key
        }
        String scanId = new String(record.key(), UTF_8);
        countsByTopic.computeIfAbsent(record.topic(), topic -> new HashMap<>()).merge(scanId, 1, Integer::sum);
        if (record.topic().endsWith(Topic.DEAD_LETTER_SUFFIX)) {
            deadLetters.add(DeadLetter.read(record));
        }
    }

    /** Scans with at least one record on the topic. */
    int scansOn(Topic topic, Predicate<String> ofThisRun) {
        return (int) counts(topic).keySet().stream().filter(ofThisRun).count();
    }

    /** Records beyond the first of each scan on the topic. */
    int surplusOn(Topic topic, Predicate<String> ofThisRun) {
        return counts(topic).entrySet().stream()
                .filter(scan -> ofThisRun.test(scan.getKey()))
                .mapToInt(scan -> scan.getValue() - 1)
                .sum();
    }

    boolean isOn(Topic topic, String scanId) {
        return counts(topic).containsKey(scanId);
    }

    /** Scans with at least one dead letter. */
    Set<String> deadLettered(Predicate<String> ofThisRun) {
        return deadLetters.stream().map(DeadLetter::scanId).filter(ofThisRun).collect(Collectors.toSet());
    }

    List<DeadLetter> deadLetters(Predicate<String> ofThisRun) {
        return deadLetters.stream()
                .filter(letter -> ofThisRun.test(letter.scanId()))
                .toList();
    }

    private Map<String, Integer> counts(Topic topic) {
        return countsByTopic.getOrDefault(topic.topicName(), Map.of());
    }
}
