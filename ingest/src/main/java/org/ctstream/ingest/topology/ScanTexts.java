package org.ctstream.ingest.topology;

import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.service.error.PoisonRecordException;
import org.ctstream.service.error.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the texts that a normalized scan and its result carry on. A received record may have 16 MiB and a normalized one
 * 1 MiB, so that one text of the publisher's could make an event no topic takes; and result tables have columns of this
 * length.
 */
final class ScanTexts {
    static final int MAX_LENGTH = 256;

    private ScanTexts() {}

    /** @throws PoisonRecordException naming the field; the message leaves the text out, since it may be anything */
    static void check(ScanReceived scan) {
        checkLength("source", scan.getSource());
        checkLength("studyUid", scan.getStudyUid());
        checkLength("seriesUid", scan.getSeriesUid());
        checkLength("instanceUid", scan.getInstanceUid());
        checkLength("patientRef", scan.getPatientRef());
        if (scan.getSource() == null || scan.getSource().isBlank()) {
            throw new PoisonRecordException(
                    Stage.DESERIALIZE,
                    "blank-source",
                    "source",
                    "The scan's source is blank.",
                    "publish the scan again with the name of the system it came from.",
                    null);
        }
    }

    private static void checkLength(String field, @Nullable String text) {
        if (text != null && text.length() > MAX_LENGTH) {
            throw new PoisonRecordException(
                    Stage.DESERIALIZE,
                    "text-too-long",
                    field,
                    "The scan's " + field + " has " + text.length() + " characters, allowed are " + MAX_LENGTH + ".",
                    "publish the scan again with a shorter text.",
                    null);
        }
    }
}
