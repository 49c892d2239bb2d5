package org.ctstream.sink.store;

import java.time.Duration;
import java.util.Locale;

/**
 * How to reach the database.
 *
 * @param url JDBC URL of PostgreSQL or H2
 * @param timeout longest wait for a connection or an answer
 */
public record DatabaseSettings(String url, String user, String password, int poolSize, Duration timeout) {
    public DatabaseSettings {
        if (poolSize < 1) {
            throw new IllegalArgumentException("poolSize " + poolSize + " (expected: at least 1)");
        }
        url = url.startsWith("jdbc:h2:") ? withH2Settings(url) : url;
    }

    boolean isPostgres() {
        return url.startsWith("jdbc:postgresql:");
    }

    /** The secret stays out of logs. */
    @Override
    public String toString() {
        return "DatabaseSettings[url=" + place() + ", user=" + user + ", poolSize=" + poolSize + "]";
    }

    /** The URL without its parameters, which may hold secrets. */
    public String place() {
        return url.split("[;?]", 2)[0];
    }

    private static String withH2Settings(String url) {
        String all = withDefault(url, "MODE", "PostgreSQL");
        all = withDefault(all, "DATABASE_TO_LOWER", "TRUE");
        // H2 answers "committed" up to half a second before it writes; the group's offsets would be ahead of it.
        all = withDefault(all, "WRITE_DELAY", "0");
        // H2's own shutdown hook would close the database while the sink still drains.
        return withDefault(all, "DB_CLOSE_ON_EXIT", "FALSE");
    }

    private static String withDefault(String url, String key, String value) {
        return url.toUpperCase(Locale.ROOT).contains(";" + key + "=") ? url : url + ";" + key + "=" + value;
    }
}
