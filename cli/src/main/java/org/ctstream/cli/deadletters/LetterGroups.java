package org.ctstream.cli.deadletters;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Groups dead letters by topic, stage and reason. */
final class LetterGroups {
    private record Cause(String topic, String stage, String reason) {}

    private final Map<Cause, LetterGroup> groups = new HashMap<>();
    private final RedriveMarks marks;

    LetterGroups(RedriveMarks marks) {
        this.marks = marks;
    }

    void add(Letter letter) {
        var about = letter.about();
        var cause = new Cause(letter.id().topic(), about.stage(), about.reason());
        groups.merge(cause, single(cause, letter), LetterGroups::sum);
    }

    /** The groups, the largest first. */
    List<LetterGroup> sorted() {
        return groups.values().stream()
                .sorted(Comparator.comparingLong(LetterGroup::count)
                        .reversed()
                        .thenComparing(LetterGroup::topic)
                        .thenComparing(LetterGroup::stage)
                        .thenComparing(LetterGroup::reason))
                .toList();
    }

    private LetterGroup single(Cause cause, Letter letter) {
        return new LetterGroup(
                cause.topic(),
                cause.stage(),
                cause.reason(),
                1,
                marks.isRedriven(letter) ? 1 : 0,
                letter.time(),
                letter.about().scanId(),
                letter.id().toString(),
                letter.about().remedy());
    }

    private static LetterGroup sum(LetterGroup a, LetterGroup b) {
        LetterGroup newer = b.newest().isBefore(a.newest()) ? a : b;
        return new LetterGroup(
                a.topic(),
                a.stage(),
                a.reason(),
                a.count() + b.count(),
                a.redriven() + b.redriven(),
                newer.newest(),
                newer.exampleScanId(),
                newer.exampleLetter(),
                newer.remedy());
    }
}
