package org.ctstream.model.names;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name a misspelt one most likely meant. */
public final class NearestName {
    private NearestName() {}

    /** The closest candidate, if no more than a third of the given name's letters would have to change. */
    public static Optional<String> to(String name, Collection<String> candidates) {
        String written = name.toLowerCase(Locale.ROOT);
        return candidates.stream()
                .filter(candidate -> edits(written, candidate) <= Math.max(1, written.length() / 3))
                .min(Comparator.comparingInt(candidate -> edits(written, candidate)));
    }

    /** Levenshtein distance, one row at a time. */
    private static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
