package org.ctstream.trainer.dataset;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Settles labels into splits so that no image stands in two.
 *
 * <ul>
 *   <li>Images are the same if their bytes are; several labels of one image make one image, the newest label holds and the
 *       others, if they differ, are reported.
 *   <li>A test image that also stands in training or validation is refused: no number measured on it would mean anything.
 *   <li>An image in training and in validation stays in validation, and its training label is reported.
 *   <li>A label without a split follows the split its image already has. Otherwise the digest decides, so that an image
 *       never changes sides: the stated share goes to validation and the rest to training.
 * </ul>
 */
final class Resolver {
    private static final int PERCENT = 100;
    private static final int MOST_NAMED = 10;
    private static final int HEX_DIGITS_OF_SHARE = 8;
    private static final Comparator<LabelEntry> NEWEST_FIRST = Comparator.comparingLong(LabelEntry::rank)
            .thenComparing(LabelEntry::source)
            .reversed();

    private final int unassignedValidationPercent;
    private final Map<Split, List<LabeledImage>> images = new EnumMap<>(Split.class);
    private final List<Rejected> rejected = new ArrayList<>();
    private final List<String> leaks = new ArrayList<>();

    private Resolver(int unassignedValidationPercent) {
        this.unassignedValidationPercent = unassignedValidationPercent;
        for (Split split : Split.values()) {
            images.put(split, new ArrayList<>());
        }
    }

    /**
     * @param unassignedValidationPercent share of images without a split that goes to validation, 0 to 100
     * @throws DatasetException if a test image also stands in training or validation
     */
    static Resolution resolve(Collection<LabelEntry> entries, int unassignedValidationPercent) {
        var resolver = new Resolver(unassignedValidationPercent);
        entries.stream()
                .collect(Collectors.groupingBy(LabelEntry::digest, TreeMap::new, Collectors.toList()))
                .forEach(resolver::settle);
        resolver.refuseLeaks();
        return new Resolution(resolver.images, resolver.rejected);
    }

    private void settle(String digest, List<LabelEntry> labels) {
        Set<Split> stated = EnumSet.noneOf(Split.class);
        labels.forEach(label -> addStated(stated, label.split()));
        if (stated.contains(Split.TEST) && stated.size() > 1) {
            leaks.add(digest + " (" + labels.stream().map(Resolver::describe).collect(Collectors.joining(", ")) + ")");
            return;
        }
        Split split = stated.isEmpty()
                ? byShare(digest)
                : stated.contains(Split.VALIDATION) ? Split.VALIDATION : first(stated);
        List<LabelEntry> newestFirst = labels.stream().sorted(NEWEST_FIRST).toList();
        List<LabelEntry> here = newestFirst.stream()
                .filter(label -> label.split() == null || label.split() == split)
                .toList();
        newestFirst.stream().filter(label -> !here.contains(label)).forEach(this::rejectTraining);
        LabelEntry newest = here.get(0);
        here.stream()
                .filter(label -> label.positive() != newest.positive())
                .forEach(label -> rejectLabel(label, newest));
        list(split).add(new LabeledImage(digest, newest.positive(), split, newest.origin()));
    }

    private Split byShare(String digest) {
        long place = Long.parseLong(digest.substring(0, HEX_DIGITS_OF_SHARE), 16) % PERCENT;
        return place < unassignedValidationPercent ? Split.VALIDATION : Split.TRAIN;
    }

    private void rejectTraining(LabelEntry label) {
        rejected.add(new Rejected(
                label.source(),
                "split",
                "the image is for training here and for validation elsewhere; it stays in validation",
                "take it out of one of the two, so that what it is for is stated once"));
    }

    private void rejectLabel(LabelEntry label, LabelEntry newest) {
        rejected.add(new Rejected(
                label.source(),
                "label",
                "the same image is labelled otherwise by " + newest.source() + ", which is newer and holds",
                "have a reader settle the label and publish it under the scan ids concerned"));
    }

    private void refuseLeaks() {
        if (!leaks.isEmpty()) {
            throw new DatasetException(
                    leaks.size() + " image(s) of the test split also stand in training or validation (expected: none): "
                            + String.join("; ", leaks.subList(0, Math.min(MOST_NAMED, leaks.size())))
                            + (leaks.size() > MOST_NAMED ? "; and more" : "")
                            + ". Remedy: withdraw them from the test split or from the others (\"ctstream"
                            + " publish-labeled --withdraw\" with the list and split they were published with), or take"
                            + " them out of the lists.",
                    null);
        }
    }

    private List<LabeledImage> list(Split split) {
        return images.computeIfAbsent(split, any -> new ArrayList<>());
    }

    private static void addStated(Set<Split> stated, @Nullable Split split) {
        if (split != null) {
            stated.add(split);
        }
    }

    private static Split first(Set<Split> stated) {
        return stated.iterator().next();
    }

    private static String describe(LabelEntry label) {
        return label.source() + " in "
                + (label.split() == null ? "none" : label.split().word());
    }
}
