package org.ctstream.gateway.association;

/**
 * The name of an application entity: 1 to 16 characters of ISO 646 without backslash and control characters; blanks at
 * either end mean nothing.
 *
 * @see "DICOM PS3.5 6.2, value representation AE"
 */
public record AeTitle(String text) {
    private static final int MAX_LENGTH = 16;

    public AeTitle {
        text = text.strip();
        if (!isValid(text)) {
            throw new IllegalArgumentException("\"" + printable(text) + "\" is no AE title (expected: 1 to "
                    + MAX_LENGTH + " printable ASCII characters without backslash)");
        }
    }

    /** Whether a name, as it stands in an association request, is one. */
    static boolean isValid(String raw) {
        String text = raw.strip();
        return !text.isEmpty()
                && text.length() <= MAX_LENGTH
                && text.chars().allMatch(c -> c >= ' ' && c <= '~' && c != '\\');
    }

    /** For messages about names that may hold anything. */
    static String printable(String raw) {
        return raw.strip().replaceAll("[^ -~]", "?");
    }

    @Override
    public String toString() {
        return text;
    }
}
