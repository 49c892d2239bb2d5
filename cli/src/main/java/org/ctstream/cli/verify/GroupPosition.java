package org.ctstream.cli.verify;

/**
 * How far a group has got on a partition.
 *
 * @param share true for a share group, which may be done with single records from {@code next} on as well
 * @param next offset of the first record the group is not known to be done with; {@link #EVERYTHING} if it is done with all
 */
record GroupPosition(String group, boolean share, long next) {
    static final long EVERYTHING = Long.MAX_VALUE;

    boolean isPast(long offset) {
        return next > offset;
    }

    /** How it stands to a record of which nothing came. */
    String about(long offset) {
        String at = next == EVERYTHING ? "at the end" : "at " + next;
        if (!share) {
            return "group " + group + (isPast(offset) ? " has passed it, " + at : " has yet to read it, " + at);
        }
        return "share group " + group
                + (isPast(offset)
                        ? " is done with it, " + at
                                + ": accepted, rejected, or archived in silence after its last delivery"
                        // Kafka keeps the position when something further is acknowledged, not when a record is given
                        // up.
                        : " is not known to be done with it, " + at
                                + ": still to come, or archived and nothing acknowledged since");
    }
}
