package org.ctstream.cli.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.deadletter.DeadLetterHeaders;

/** Decides what becomes of a dead letter in a redrive. Sends nothing itself. */
final class RedrivePlanner {
    /** A record that has failed this often after a redrive will fail again: a person has to look at it. */
    static final int MAX_REDRIVES = 3;

    private final LetterFilter filter;
    private final RedriveMarks marks;

    RedrivePlanner(LetterFilter filter, RedriveMarks marks) {
        this.filter = filter;
        this.marks = marks;
    }

    /** The decision, or empty if the letter was not asked for. */
    Optional<RedriveDecision> decide(Letter letter) {
        if (!filter.admits(letter)) {
            return Optional.empty();
        }
        if (marks.isRedriven(letter)) {
            return Optional.of(new RedriveDecision.Skip(letter, "redriven before"));
        }
        if (letter.about().redrives() >= MAX_REDRIVES) {
            return Optional.of(new RedriveDecision.Refuse(
                    letter, "redriven " + MAX_REDRIVES + " times or more, and failed each time"));
        }
        if (letter.about().omitted() != null) {
            return Optional.of(new RedriveDecision.Refuse(
                    letter,
                    "not whole (" + letter.about().omitted() + "); the original is at "
                            + letter.about().topic() + "-" + letter.about().partition() + "@"
                            + letter.about().offset()));
        }
        return Optional.of(origin(letter)
                .<RedriveDecision>map(topic -> new RedriveDecision.Send(letter, record(letter, topic)))
                .orElseGet(() -> new RedriveDecision.Refuse(letter, "comes from no topic of the catalogue")));
    }

    /** By the dead-letter topic's own name: a header could be forged to send records anywhere. */
    private static Optional<String> origin(Letter letter) {
        String name = letter.id().topic();
        return name.endsWith(Topic.DEAD_LETTER_SUFFIX)
                ? Topic.ofTopicName(name.substring(0, name.length() - Topic.DEAD_LETTER_SUFFIX.length()))
                        .map(Topic::topicName)
                : Optional.empty();
    }

    private static ProducerRecord<byte[], byte[]> record(Letter letter, String topic) {
        var raw = letter.raw();
        var record = new ProducerRecord<byte[], byte[]>(topic, null, raw.key(), raw.value());
        for (Header header : raw.headers()) {
            boolean ours = header.key().startsWith(DeadLetterHeaders.PREFIX)
                    || header.key().equals(DeadLetterHeaders.REDRIVES);
            if (!ours) {
                record.headers().add(header);
            }
        }
        String redrives = Integer.toString(letter.about().redrives() + 1);
        record.headers().add(DeadLetterHeaders.REDRIVES, redrives.getBytes(UTF_8));
        return record;
    }
}
