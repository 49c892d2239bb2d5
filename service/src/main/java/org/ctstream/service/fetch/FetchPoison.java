package org.ctstream.service.fetch;

import org.ctstream.service.error.PoisonRecordException;
import org.ctstream.service.error.Stage;
import org.jspecify.annotations.Nullable;

/**
 * The ways in which a payload can never be had, with the reason codes dead letters are grouped by. No message names a
 * claim check's path: file names are the publisher's, and some name the patient.
 */
final class FetchPoison {
    private static final String URI = "payload.uri";

    private FetchPoison() {}

    static PoisonRecordException badUri(String why) {
        return poison(
                "bad-claim-check",
                URI,
                "The claim check's URI is none that can be read: " + why + ".",
                "publish the scan again with an absolute file:, http:, https: or s3: URI.",
                null);
    }

    static PoisonRecordException badField(String field, String expected) {
        return poison(
                "bad-claim-check",
                field,
                "The claim check does not hold " + expected + ".",
                "publish the scan again with a complete claim check.",
                null);
    }

    static PoisonRecordException outsideRoots(String why) {
        return poison(
                "outside-roots",
                URI,
                "The claim check was not opened: " + why + ".",
                "have the publisher store scans under a root in claim.check.roots, or add its root there, then redrive.",
                null);
    }

    static PoisonRecordException notFound(String where, @Nullable Throwable cause) {
        return poison(
                "claim-not-found",
                URI,
                "There is nothing at the claim check's URI under " + where + ".",
                "have the publisher keep scans until they are normalized; put the file back and redrive, or publish"
                        + " the scan again.",
                cause);
    }

    static PoisonRecordException accessDenied(String where, @Nullable Throwable cause) {
        return poison(
                "claim-access-denied",
                URI,
                "The store refused to hand out the claim check under " + where + ".",
                "grant this service the right to read there, or publish with an unexpired signed URI, then redrive.",
                cause);
    }

    static PoisonRecordException refused(String where, String answer) {
        return poison(
                "claim-refused",
                URI,
                "The store under " + where + " answered " + answer + ", expected 200.",
                "publish the scan with a URI that answers the file itself; redirects are not followed.",
                null);
    }

    static PoisonRecordException notAFile(String where) {
        return poison(
                "claim-not-a-file",
                URI,
                "The claim check's URI under " + where + " is no regular file.",
                "publish the scan again with the URI of the file itself.",
                null);
    }

    static PoisonRecordException lengthMismatch(long claimed, String found) {
        return poison(
                "length-mismatch",
                "payload.length",
                "The claim check says " + claimed + " bytes, the store has " + found + ".",
                "publish the claim check after the file is complete, and never write to the file again.",
                null);
    }

    static PoisonRecordException digestMismatch(String claimed, String found) {
        return poison(
                "digest-mismatch",
                "payload.sha256",
                "The claim check says SHA-256 " + claimed + ", the file has " + found + ".",
                "publish the claim check after the file is complete, and never write to the file again.",
                null);
    }

    static PoisonRecordException tooLarge(String field, long bytes, long allowed) {
        return poison(
                "too-large",
                field,
                "The scan has " + bytes + " encoded bytes, allowed are " + allowed + ".",
                "send one slice per record, or raise decode.max.bytes.",
                null);
    }

    static PoisonRecordException unknownPayload() {
        return poison(
                "bad-payload",
                "payload",
                "The payload is neither inline bytes nor a claim check.",
                "publish the scan again with the current schema.",
                null);
    }

    private static PoisonRecordException poison(
            String reason, String field, String detail, String remedy, @Nullable Throwable cause) {
        return new PoisonRecordException(Stage.FETCH, reason, field, detail, remedy, cause);
    }
}
