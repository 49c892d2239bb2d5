package org.ctstream.embedded.security;

/** What a user may do in the schema registry; Apicurio's roles. */
public enum RegistryRole {
    /** Everything, the compatibility level included. */
    ADMIN("sr-admin"),
    /** Reads and registers schemas. */
    DEVELOPER("sr-developer"),
    /** Reads schemas. */
    READ_ONLY("sr-readonly");

    private final String word;

    RegistryRole(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}
