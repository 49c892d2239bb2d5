package org.ctstream.schemas.topic;

/** What the broker does with old records of a topic; the names are those of {@code cleanup.policy}. */
public enum CleanupPolicy {
    /** Records older than the retention time go. */
    DELETE("delete"),
    /** The newest record of each key stays for ever. */
    COMPACT("compact"),
    /** Of each key the newest record alone is kept, and that too goes after the retention time. */
    COMPACT_AND_DELETE("compact,delete");

    private final String configValue;

    CleanupPolicy(String configValue) {
        this.configValue = configValue;
    }

    /** The value of the topic config {@code cleanup.policy}. */
    public String configValue() {
        return configValue;
    }
}
