package org.ctstream.publisher;

import org.ctstream.publisher.privacy.Deidentifier;
import org.ctstream.schemas.avro.Priority;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.schemas.topic.Topic;

/**
 * @param sourceName system the scans come from, as an application entity title, of 1 to 256 characters; travels with every
 *     scan
 * @param maxRecordBytes largest record the topic takes
 * @param privacy takes out of files what identifies a patient
 */
public record PublishSettings(String sourceName, Priority priority, int maxRecordBytes, Deidentifier privacy) {
    /** Ingest takes no longer text. */
    private static final int LONGEST_SOURCE_NAME = 256;

    /** @throws IllegalArgumentException if the source's name is blank or too long: every scan would be a dead letter */
    public PublishSettings {
        requireSourceName(sourceName);
    }

    /** @throws IllegalArgumentException as the constructor, for those who want to know before they have the rest */
    public static void requireSourceName(String sourceName) {
        if (sourceName.isBlank() || sourceName.length() > LONGEST_SOURCE_NAME) {
            throw new IllegalArgumentException(
                    "the source's name has " + sourceName.strip().length()
                            + " characters (expected: the name of a system, 1 to " + LONGEST_SOURCE_NAME + ")");
        }
    }

    /** Identifiers are dropped. */
    public PublishSettings(String sourceName, Priority priority, int maxRecordBytes) {
        this(sourceName, priority, maxRecordBytes, Deidentifier.dropping());
    }

    /** With the record limit the catalogue gives the topic. */
    public static PublishSettings of(String sourceName, Priority priority) {
        return new PublishSettings(
                sourceName, priority, Lane.of(priority).received().spec().maxMessageBytes());
    }

    /** Where scans of this priority go. */
    Topic topic() {
        return Lane.of(priority).received();
    }
}
