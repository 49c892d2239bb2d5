package org.ctstream.cli.publish;

import org.ctstream.publisher.privacy.Deidentifier;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.trainer.dataset.Split;

/**
 * What every label of one run has in common.
 *
 * @param labelledBy pseudonym of the reader
 * @param origin name of the data set, or review
 * @param maxRecordBytes largest record the topic takes
 * @param privacy takes out of files what identifies a patient
 */
public record LabelPublishSettings(
        Split split, String labelledBy, String origin, int maxRecordBytes, Deidentifier privacy) {
    private static final int MAX_TEXT = 256;

    public LabelPublishSettings {
        check("labelledBy", labelledBy);
        check("origin", origin);
    }

    /** Identifiers are dropped. */
    public LabelPublishSettings(Split split, String labelledBy, String origin, int maxRecordBytes) {
        this(split, labelledBy, origin, maxRecordBytes, Deidentifier.dropping());
    }

    /** With the record limit the catalogue gives the topic. */
    public static LabelPublishSettings of(Split split, String labelledBy, String origin) {
        return new LabelPublishSettings(
                split, labelledBy, origin, Topic.SCAN_LABELED.spec().maxMessageBytes());
    }

    private static void check(String name, String text) {
        if (text.isBlank() || text.length() > MAX_TEXT || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(name + " is blank, longer than " + MAX_TEXT
                    + " characters or holds control characters" + " (expected: a short name)");
        }
    }
}
