package org.ctstream.gateway.intake;

import java.util.Optional;
import org.ctstream.gateway.metrics.Protocol;
import org.ctstream.schemas.avro.Priority;

/**
 * An object that has arrived whole.
 *
 * @param file a Part 10 file, shared
 * @param announced what its sender, or its own header, says it is
 * @param studyUid the study it was sent to, if to one; raw
 * @param source the system it comes from; travels with the scan
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record ReceivedObject(
        byte[] file,
        FileMeta announced,
        Optional<String> studyUid,
        String source,
        Priority priority,
        Protocol protocol) {
    /** Nothing that identifies a patient. */
    @Override
    public String toString() {
        return "ReceivedObject[" + file.length + " bytes, " + announced + ", " + source + ", " + priority + "]";
    }
}
