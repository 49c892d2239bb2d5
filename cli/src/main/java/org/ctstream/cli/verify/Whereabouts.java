package org.ctstream.cli.verify;

/** What is to be expected of a scan that is neither stored nor a dead letter. */
enum Whereabouts {
    /** A group has passed the last record of it, and nothing came of it: lost, unless somebody acts. */
    PASSED,
    /** Every group on that partition has yet to read it: late, and still to come. */
    WAITING,
    /** No group has ever read that partition. */
    UNREAD,
    /** No group is known to have passed it, and not every group would tell. */
    UNKNOWN
}
