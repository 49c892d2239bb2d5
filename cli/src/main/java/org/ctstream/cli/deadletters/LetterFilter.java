package org.ctstream.cli.deadletters;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.ctstream.cli.CliException;
import org.ctstream.cli.console.PointInTime;
import org.ctstream.schemas.topic.Topic;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that choose among dead letters. */
final class LetterFilter {
    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            description = "Only this topic's dead letters; with or without .dlt.")
    private @Nullable String topic;

    @Option(names = "--cause", paramLabel = "CODE", description = "Only letters with this cause.")
    private @Nullable String cause;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = PointInTime.class,
            description = "Only letters written since then: 2026-11-23T03:00:00Z, 2026-11-23, 24h, 7d.")
    private @Nullable Instant since;

    @Option(names = "--scan-id", paramLabel = "ID", description = "Only this scan's letters.")
    private @Nullable String scanId;

    static LetterFilter of(@Nullable String topic, @Nullable String cause, @Nullable String scanId) {
        var filter = new LetterFilter();
        filter.topic = topic;
        filter.cause = cause;
        filter.scanId = scanId;
        return filter;
    }

    /** The same for letters written since then alone. */
    LetterFilter since(Instant time) {
        LetterFilter filter = of(topic, cause, scanId);
        filter.since = time;
        return filter;
    }

    /** Null for all times. */
    @Nullable
    Instant since() {
        return since;
    }

    /**
     * Those of the topics the options allow.
     *
     * @throws CliException if the named topic is none of them
     */
    List<String> among(Collection<String> topics) {
        if (topic == null) {
            return List.copyOf(topics);
        }
        String name = topic.endsWith(Topic.DEAD_LETTER_SUFFIX) ? topic : topic + Topic.DEAD_LETTER_SUFFIX;
        if (!topics.contains(name)) {
            throw CliException.usage(
                    "There is no dead-letter topic " + name + " on the cluster (there are: " + String.join(", ", topics)
                            + ")",
                    null);
        }
        return List.of(name);
    }

    boolean admits(Letter letter) {
        return (cause == null || cause.equals(letter.about().reason()))
                && (scanId == null || scanId.equals(letter.about().scanId()))
                && (since == null || !letter.time().isBefore(since));
    }
}
