package org.ctstream.releases;

import org.ctstream.schemas.avro.ModelStage;
import org.jspecify.annotations.Nullable;

/**
 * A stage that a release is given, by whom and why: it stands in the announcement for as long as the release has that stage.
 *
 * @param by account, 1 to {@value #MAX_BY} characters on one line; null if a program decides
 * @param reason in that person's words, 1 to {@value #MAX_REASON} characters on one line, no patient data; null if none is given
 */
public record StageChange(
        ModelStage stage, @Nullable String by, @Nullable String reason) {
    public static final int MAX_BY = 256;
    public static final int MAX_REASON = 500;

    public StageChange {
        check("who", by, MAX_BY);
        check("why", reason, MAX_REASON);
    }

    /** Nobody's in particular: a program's. */
    public static StageChange to(ModelStage stage) {
        return new StageChange(stage, null, null);
    }

    private static void check(String what, @Nullable String text, int max) {
        if (text != null
                && (text.isBlank() || text.length() > max || text.codePoints().anyMatch(StageChange::isNoText))) {
            throw new IllegalArgumentException(
                    "Cannot use " + what + " of " + text.length() + " characters (expected: 1 to " + max
                            + " characters on one line, and no patient data: it is kept for years)");
        }
    }

    /** Half a pair of surrogates cannot be written as UTF-8. */
    private static boolean isNoText(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }
}
