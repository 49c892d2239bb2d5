package org.ctstream.embedded.security;

/**
 * A user of a secure stack: a SCRAM user of the broker and a token's subject at the registry. What it may do at the broker
 * is the caller's affair, by ACLs.
 *
 * @param name lower-case letters, digits and hyphens
 * @param registryRole what it may do in the schema registry
 */
public record StackUser(String name, RegistryRole registryRole) {

    /** The broker itself, which may do everything; it also brings topics, users and ACLs into being. */
    public static final StackUser BROKER = new StackUser("broker", RegistryRole.ADMIN);

    public StackUser {
        // The name is part of file names, of JAAS lines and of a distinguished name.
        if (!name.matches("[a-z][a-z0-9-]{0,31}")) {
            throw new IllegalArgumentException(
                    "User name '" + name + "' is not one: expected lower-case letters, digits and hyphens, 32 at most");
        }
    }
}
