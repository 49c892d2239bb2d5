package org.ctstream.cli.deadletters;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Groups dead letters by topic, stage and cause. */
final class LetterGroups {
    private record Cause(String topic, String stage, String code) {}

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
                        .thenComparing(LetterGroup::cause))
                .toList();
    }

    private LetterGroup single(Cause cause, Letter letter) {
        return new LetterGroup(
                cause.topic(),
                cause.stage(),
                cause.code(),
                1,
                marks.isRedriven(letter) ? 1 : 0,
                letter.time(),
                letter.time(),
                letter.about().scanId(),
                letter.id().toString(),
                letter.about().remedy());
    }

    private static LetterGroup sum(LetterGroup a, LetterGroup b) {
        LetterGroup newer = b.lastSeen().isBefore(a.lastSeen()) ? a : b;
        LetterGroup older = b.firstSeen().isBefore(a.firstSeen()) ? b : a;
        return new LetterGroup(
                a.topic(),
                a.stage(),
                a.cause(),
                a.count() + b.count(),
                a.redriven() + b.redriven(),
                older.firstSeen(),
                newer.lastSeen(),
                newer.exampleScanId(),
                newer.exampleLetter(),
                newer.remedy());
    }
}
