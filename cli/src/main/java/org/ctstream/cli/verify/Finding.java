package org.ctstream.cli.verify;

import java.time.Instant;
import java.util.List;

/** Something that is not as it should be, as one line of JSON or of text. */
sealed interface Finding {
    /** The word for it in JSON. */
    String kind();

    String text();

    /**
     * A scan that is neither stored nor a dead letter.
     *
     * @param lastSeen the stage whose topic has its last record
     * @param place where that record stands
     * @param redrives dead letters of it that were sent back
     * @param groups how far the groups on that partition had got
     */
    record Missing(
            String scan,
            Instant receivedAt,
            Stage lastSeen,
            String place,
            int redrives,
            Whereabouts whereabouts,
            List<String> groups)
            implements Finding {
        @Override
        public String kind() {
            return "missing";
        }

        @Override
        public String text() {
            return "MISSING " + scan + "  received " + receivedAt + "  last seen " + lastSeen + " at " + place
                    + (redrives > 0 ? "  redriven " + redrives + " times" : "") + "  " + whereabouts + ": "
                    + (groups.isEmpty() ? "no group is known to have read that partition" : String.join("; ", groups));
        }
    }

    /** A scan with more than one stored result of one release. */
    record Duplicate(String scan, String release, int results) implements Finding {
        @Override
        public String kind() {
            return "duplicate";
        }

        @Override
        public String text() {
            return "STORED " + results + " TIMES by " + release + ": " + scan;
        }
    }

    /** A group of which nobody can tell how far it has got. */
    record Unreadable(String group) implements Finding {
        @Override
        public String kind() {
            return "unreadable";
        }

        @Override
        public String text() {
            return "UNKNOWN: cannot tell how far a group has got: " + group;
        }
    }

    /** Records that retention has removed, so that nobody can count them any more. */
    record Removed(String partition, long records, String earliest) implements Finding {
        @Override
        public String kind() {
            return "removed";
        }

        @Override
        public String text() {
            return "NOT COUNTED: " + partition + " begins at " + earliest + "; retention has removed " + records
                    + " records before that, since the topic was made";
        }
    }
}
