package org.ctstream.model.release;

import java.util.regex.Pattern;

/**
 * Identity of a release, written {@code name:version}. Both parts are safe as a folder's name: letters, digits, and
 * {@code . _ -} inside, 64 characters at most, beginning and ending with a letter or digit.
 */
public record ReleaseId(String name, String version) {
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?");

    public ReleaseId {
        check("name", name);
        check("version", version);
    }

    /** The identity that a text {@code name:version} says. */
    public static ReleaseId parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("a release is written name:version, found '" + text + "'");
        }
        return new ReleaseId(text.substring(0, colon), text.substring(colon + 1));
    }

    /** Whether a text can be a release's name or version. */
    static boolean isPart(String text) {
        return PART.matcher(text).matches();
    }

    private static void check(String what, String value) {
        if (!isPart(value)) {
            throw new IllegalArgumentException("a release's " + what + " must be 1 to 64 letters, digits or . _ -,"
                    + " beginning and ending with a letter or digit, found '" + value + "'");
        }
    }

    @Override
    public String toString() {
        return name + ":" + version;
    }
}
