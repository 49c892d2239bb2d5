package org.ctstream.service.access;

/** The users of ctstream at a broker; a service of each kind logs in as one of them. */
public enum ServiceUser {
    PUBLISHER("publisher", "sends scans and labels: a PACS integration, or \"ctstream publish\""),
    GATEWAY("gateway", "the PACS gateway"),
    INGEST("ingest", "the ingest service"),
    WORKER("worker", "the inference workers"),
    SINK("sink", "the results sink"),
    TRAINER("trainer", "the continuous trainer"),
    OPERATOR("operator", "people at the command line: topics, models, dead letters, audit");

    private final String word;
    private final String meaning;

    ServiceUser(String word, String meaning) {
        this.word = word;
        this.meaning = meaning;
    }

    /** The user's name. */
    public String word() {
        return word;
    }

    /** Who that is, for documentation. */
    public String meaning() {
        return meaning;
    }
}
