package org.ctstream.trainer.continuous;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ctstream.trainer.dataset.LabeledImage;
import org.ctstream.trainer.dataset.Split;
import org.jspecify.annotations.Nullable;

/**
 * What the trainer does next.
 *
 * @param why for people
 */
record Decision(Kind kind, String why) {
    enum Kind {
        /** Nothing, there are too few new labels. */
        WAIT,
        /** Nothing, although it is time: somebody has to mend something. */
        BLOCKED,
        TRAIN
    }

    /**
     * Decides while no run is begun.
     *
     * @param now the labels there are
     * @param newLabels training labels among them that no training has seen
     * @param waited how long the first of them has been here
     * @param failed the last run, if it failed
     */
    static Decision of(
            DueRule rule,
            LabelSnapshot now,
            long newLabels,
            Duration waited,
            @Nullable FailedRun failed,
            Circumstances circumstances) {
        Optional<String> due = rule.due(newLabels, waited);
        if (due.isEmpty()) {
            return new Decision(Kind.WAIT, newLabels + " of " + rule.newLabels() + " new labels");
        }
        if (failed != null && circumstances.equals(failed.plan().circumstances())) {
            // Counted from the failure on: one label more does not make a run succeed that has just diverged.
            due = rule.due(now.newSince(failed.plan().labels()), Duration.ZERO);
            if (due.isEmpty()) {
                return new Decision(
                        Kind.BLOCKED,
                        failed.describe() + "; it is not repeated until its settings, the release in production or the"
                                + " program change, or " + rule.newLabels() + " further labels are there");
            }
        }
        String reason = due.get();
        return lack(now)
                .map(lack -> new Decision(Kind.BLOCKED, reason + ", but there is " + lack))
                .orElseGet(() -> new Decision(Kind.TRAIN, reason));
    }

    /** What there must be to train and to tell whether it helped. */
    private static Optional<String> lack(LabelSnapshot now) {
        var lacking = new ArrayList<String>();
        for (Split split : List.of(Split.TRAIN, Split.VALIDATION)) {
            List<LabeledImage> images = now.images(split);
            if (images.stream().noneMatch(LabeledImage::positive)) {
                lacking.add("no positive image for " + split.word());
            }
            if (images.stream().allMatch(LabeledImage::positive)) {
                lacking.add("no negative image for " + split.word());
            }
        }
        return lacking.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join(", ", lacking)
                        + "; publish labelled images for it (\"ctstream publish-labeled\" with --split)");
    }
}
