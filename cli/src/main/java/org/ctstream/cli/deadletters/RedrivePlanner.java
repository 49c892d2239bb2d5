package org.ctstream.cli.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.deadletter.DeadLetterHeaders;

/** Decides what becomes of a dead letter in a redrive. Sends nothing itself. */
final class RedrivePlanner {
    private final LetterFilter filter;
    private final RedriveMarks marks;
    private final LoopGuard guard;

    RedrivePlanner(LetterFilter filter, RedriveMarks marks, LoopGuard guard) {
        this.filter = filter;
        this.marks = marks;
        this.guard = guard;
    }

    /** The decision, or empty if the letter was not asked for. */
    Optional<RedriveDecision> decide(Letter letter) {
        if (!filter.admits(letter)) {
            return Optional.empty();
        }
        if (marks.isRedriven(letter)) {
            return Optional.of(new RedriveDecision.Skip(letter, "redriven before"));
        }
        if (letter.about().omitted() != null) {
            return Optional.of(new RedriveDecision.Refuse(
                    letter,
                    "not whole (" + letter.about().omitted() + "); the original is at "
                            + letter.about().topic() + "-" + letter.about().partition() + "@"
                            + letter.about().offset()));
        }
        boolean held = guard.wouldHold(letter);
        if (held && !guard.forced()) {
            return Optional.of(new RedriveDecision.Refuse(
                    letter,
                    "redriven " + guard.maxRedrives() + " times or more, and failed each time; look at it with"
                            + " dead-letters show, and send it with --force once you know better"));
        }
        return Optional.of(origin(letter)
                .<RedriveDecision>map(topic -> new RedriveDecision.Send(letter, record(letter, topic), held))
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
        int before = letter.about().redrives();
        // An unreadable count stays unreadable: forced once, it is held back again.
        String redrives = Integer.toString(before == Integer.MAX_VALUE ? before : before + 1);
        record.headers().add(DeadLetterHeaders.REDRIVES, redrives.getBytes(UTF_8));
        return record;
    }
}
