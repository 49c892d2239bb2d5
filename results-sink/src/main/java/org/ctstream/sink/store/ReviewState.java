package org.ctstream.sink.store;

/** How far a review has got. */
public enum ReviewState {
    /** Kept, and not on {@code ct.scan.labeled} yet. */
    PENDING,
    /** Its label is on {@code ct.scan.labeled}. */
    PUBLISHED,
    /** Its label can never be there, for the reason given. */
    REFUSED
}
