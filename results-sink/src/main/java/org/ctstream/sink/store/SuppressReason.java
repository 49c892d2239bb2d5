package org.ctstream.sink.store;

/** Why an alert is not delivered to an endpoint; it is on {@code ct.scan.alerted} all the same. */
enum SuppressReason {
    /** Another alert of the same study went to the endpoint within the configured minutes. */
    SAME_STUDY("same-study"),

    /**
     * The result was stored again into a database that had lost it: its alert was raised long ago, and whether it was
     * delivered then is not known.
     */
    STORED_AGAIN("stored-again");

    private final String word;

    SuppressReason(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}
