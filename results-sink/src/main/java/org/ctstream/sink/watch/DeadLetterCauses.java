package org.ctstream.sink.watch;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.schemas.topic.TopicSpec;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.deadletter.DeadLetter;
import org.ctstream.service.error.StageException;

/**
 * Counts dead letters by cause, from their headers alone: of each partition the newest {@value #MOST_FIRST} when first asked, and
 * every one since.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads; one counts, the others wait for it.
 */
public final class DeadLetterCauses {
    private static final long MOST_FIRST = 2_000;
    private static final int MOST_CAUSES = 200;

    private final TopicScan letters;
    private final Map<List<String>, Cause> causes = new LinkedHashMap<>();

    public DeadLetterCauses(ServiceConfig config) {
        List<String> topics = Stream.of(Topic.values())
                .flatMap(topic -> topic.deadLetter().stream())
                .map(TopicSpec::name)
                .toList();
        this.letters = new TopicScan(config, topics, MOST_FIRST);
    }

    /**
     * The causes, most frequent first.
     *
     * @throws StageException retriable if Kafka is away
     */
    public synchronized Report read() {
        boolean complete = letters.read(this::count);
        return new Report(
                causes.values().stream()
                        .sorted(Comparator.comparingLong(Cause::count).reversed())
                        .toList(),
                complete);
    }

    private void count(ConsumerRecord<byte[], byte[]> record) {
        DeadLetter letter = DeadLetter.read(record);
        List<String> key = List.of(record.topic(), letter.stage(), letter.reason());
        // A reason is a header, which anybody with the right to write may have written.
        if (causes.size() < MOST_CAUSES || causes.containsKey(key)) {
            causes.merge(
                    key,
                    new Cause(record.topic(), letter.stage(), letter.reason(), 1, record.timestamp()),
                    (a, b) -> new Cause(
                            a.topic(), a.stage(), a.reason(), a.count() + 1, Math.max(a.newestMs(), b.newestMs())));
        }
    }

    /**
     * What was found.
     *
     * @param complete false if there are more than could be read in time; asking again goes on
     */
    public record Report(List<Cause> causes, boolean complete) {
        public Report {
            causes = List.copyOf(causes);
        }
    }

    /**
     * A cause and how often it happened.
     *
     * @param newestMs when last, in milliseconds since 1970
     */
    public record Cause(String topic, String stage, String reason, long count, long newestMs) {}
}
