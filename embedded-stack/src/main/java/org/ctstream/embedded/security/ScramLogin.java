package org.ctstream.embedded.security;

/** How users of a secure stack log in at the broker. */
public final class ScramLogin {

    public static final String MECHANISM = "SCRAM-SHA-512";

    private static final String MODULE = "org.apache.kafka.common.security.scram.ScramLoginModule";

    private ScramLogin() {}

    /** A value of {@code sasl.jaas.config}. Users and passwords of a stack hold nothing that needs escaping. */
    public static String jaas(String user, String password) {
        return MODULE + " required username=\"" + user + "\" password=\"" + password + "\";";
    }

    /** What {@code kafka-storage format --add-scram} takes. */
    public static String formatArgument(String user, String password) {
        return MECHANISM + "=[name=" + user + ",password=" + password + "]";
    }
}
