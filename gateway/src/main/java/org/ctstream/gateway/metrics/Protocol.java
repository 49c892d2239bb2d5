package org.ctstream.gateway.metrics;

/** How an object came in. */
public enum Protocol {
    C_STORE("c-store"),
    STOW_RS("stow-rs");

    private final String word;

    Protocol(String word) {
        this.word = word;
    }

    /** For meters and logs. */
    public String word() {
        return word;
    }
}
