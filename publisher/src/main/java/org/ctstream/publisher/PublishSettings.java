package org.ctstream.publisher;

import org.ctstream.publisher.privacy.Deidentifier;
import org.ctstream.schemas.avro.Priority;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.schemas.topic.Topic;

/**
 * @param sourceName system the scans come from, as an application entity title; travels with every scan
 * @param maxRecordBytes largest record the topic takes
 * @param privacy takes out of files what identifies a patient
 */
public record PublishSettings(String sourceName, Priority priority, int maxRecordBytes, Deidentifier privacy) {
    public PublishSettings {
        if (sourceName.isBlank()) {
            throw new IllegalArgumentException("sourceName is blank (expected: the name of a system)");
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
