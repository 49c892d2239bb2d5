package org.ctstream.cli.verify;

import org.apache.kafka.common.GroupType;

/**
 * How far a group has got on a partition.
 *
 * @param share true for a share group, which may be done with single records behind {@code next} as well
 * @param next offset of the first record the group is not done with
 */
record GroupPosition(String group, boolean share, long next) {
    static GroupPosition of(String group, GroupType type, long next) {
        return new GroupPosition(group, type == GroupType.SHARE, next);
    }

    boolean isPast(long offset) {
        return next > offset;
    }

    /** How it stands to a record of which nothing came. */
    String about(long offset) {
        if (!isPast(offset)) {
            return (share ? "share group " : "group ") + group + " is at " + next + " and has yet to be done with it";
        }
        return share
                ? "share group " + group + " is done with it, at " + next
                        + ": accepted, rejected, or archived in silence after its last delivery"
                : "group " + group + " has passed it, at " + next;
    }
}
