package org.ctstream.sink.store;

import java.util.Locale;

/**
 * Part of a scan id that somebody looks for, in either case: at least {@value #PREFIX} characters find every id that begins
 * so, fewer only the id that is equal.
 *
 * @param text in lower case, 1 to {@value #MAX_LENGTH} characters
 */
public record ScanSearch(String text) {
    public static final int MAX_LENGTH = 256;

    /** As many characters as the column {@code scan_prefix} holds. */
    static final int PREFIX = 8;

    public ScanSearch {
        text = text.strip().toLowerCase(Locale.ROOT);
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a search for " + text.length() + " characters (expected: 1 to " + MAX_LENGTH + ")");
        }
    }

    /** What the index is asked for. */
    String prefix() {
        return text.substring(0, Math.min(PREFIX, text.length()));
    }

    static String prefixOf(String scanId) {
        String lower = scanId.toLowerCase(Locale.ROOT);
        return lower.substring(0, Math.min(PREFIX, lower.length()));
    }
}
