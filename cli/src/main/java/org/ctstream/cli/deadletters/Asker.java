package org.ctstream.cli.deadletters;

import org.ctstream.cli.CliException;

/**
 * Who wants a redrive and why, for the audit.
 *
 * @param by account, 1 to 100 characters
 * @param reason in the person's own words, 1 to 500 characters, without control characters
 */
record Asker(String by, String reason) {
    private static final int MAX_BY = 100;
    private static final int MAX_REASON = 500;

    Asker {
        check("--by", by, MAX_BY);
        check("--reason", reason, MAX_REASON);
    }

    private static void check(String option, String text, int max) {
        if (text.isBlank() || text.length() > max || text.chars().anyMatch(Character::isISOControl)) {
            throw CliException.usage(
                    "Cannot use " + option + " of " + text.length() + " characters (expected: 1 to " + max
                            + " characters on one line, and no patient data: it is kept for years)",
                    null);
        }
    }
}
