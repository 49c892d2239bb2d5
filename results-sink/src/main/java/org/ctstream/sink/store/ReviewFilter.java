package org.ctstream.sink.store;

/** Which results to list, by whether a reader's label for them is on the topic. */
public enum ReviewFilter {
    ANY(""),
    OPEN("reviewed_as IS NULL"),
    DONE("reviewed_as IS NOT NULL");

    private final String condition;

    ReviewFilter(String condition) {
        this.condition = condition;
    }

    /** SQL; empty if everything passes. */
    String condition() {
        return condition;
    }
}
