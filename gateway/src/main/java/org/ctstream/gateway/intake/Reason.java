package org.ctstream.gateway.intake;

/**
 * Why an object is not stored, with the status that says so in C-STORE and the failure reason of STOW-RS, which share their
 * numbers.
 *
 * @see "DICOM PS3.4 B.2.3, Statuses; PS3.18 I.2.2, Failure Reason"
 */
public enum Reason {
    /** Kafka, the registry or the claim store did not say yes: the sender tries again later. */
    UNAVAILABLE(0xA700, "unavailable", true),
    /** The gateway is not ready, or is told to stop. */
    NOT_READY(0xA701, "not-ready", true),
    /** Objects being received take all the memory they may. */
    NO_MEMORY(0xA702, "no-memory", true),
    /** The object is not the one it was announced as. */
    MISMATCH(0xA900, "mismatch", false),
    /** The object is of another study than the one it was sent to. */
    OTHER_STUDY(0xA901, "other-study", false),
    /** The bytes are no object that can be de-identified and read. */
    NOT_UNDERSTOOD(0xC000, "not-understood", false),
    /** More bytes than are taken. */
    TOO_LARGE(0xC001, "too-large", false),
    /** An encoding that is not read. */
    TRANSFER_SYNTAX(0xC122, "transfer-syntax", false),
    /** A kind of object that is not taken. */
    SOP_CLASS(0x0122, "sop-class", false);

    private final int status;
    private final String word;
    private final boolean transientFailure;

    Reason(int status, String word, boolean transientFailure) {
        this.status = status;
        this.word = word;
        this.transientFailure = transientFailure;
    }

    /** The number on the wire. */
    public int status() {
        return status;
    }

    /** For meters and logs. */
    public String word() {
        return word;
    }

    /** Whether the same object may be taken later. */
    public boolean isTransient() {
        return transientFailure;
    }
}
