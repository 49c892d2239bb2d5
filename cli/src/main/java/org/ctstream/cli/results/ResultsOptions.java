package org.ctstream.cli.results;

import java.time.Duration;
import java.util.Map;
import org.ctstream.cli.connect.Connection;
import org.ctstream.cli.sink.SinkApi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where stored results are asked for. Secrets come from the environment or a file, never from here. */
public final class ResultsOptions {
    static final String USER_INFO_KEY = "http.basic.auth.user.info";

    private static final SinkApi.Hints HINTS = new SinkApi.Hints(
            ", or " + USER_INFO_KEY + " in the file of --command-config", " --database URL asks its database instead.");
    private static final Duration DATABASE_TIMEOUT = Duration.ofSeconds(15);
    private static final String DEFAULT_SINK = "http://localhost:8080";

    @Option(
            names = "--sink",
            paramLabel = "URL",
            description = "HTTP API of the results sink; its password from " + SinkApi.USER_INFO
                    + " or the file of --command-config. Default: " + DEFAULT_SINK + ".")
    private @Nullable String sink;

    @Option(
            names = "--database",
            paramLabel = "JDBC_URL",
            description = "Ask the sink's database instead; user and password from CTSTREAM_DATABASE_USER and"
                    + " CTSTREAM_DATABASE_PASSWORD or the file of --command-config.")
    private @Nullable String database;

    /** @param connection whose file may hold the secrets, by the names of the sink's own keys */
    public StoredResults open(Connection connection) {
        return open(connection, System.getenv());
    }

    StoredResults open(Connection connection, Map<String, String> environment) {
        if (database != null) {
            return new DatabaseResults(
                    database,
                    secret(connection, environment, "database.user", "CTSTREAM_DATABASE_USER"),
                    secret(connection, environment, "database.password", "CTSTREAM_DATABASE_PASSWORD"),
                    DATABASE_TIMEOUT);
        }
        return new SinkResults(new SinkApi(
                sink == null ? DEFAULT_SINK : sink,
                secret(connection, environment, USER_INFO_KEY, SinkApi.USER_INFO),
                HINTS));
    }

    private static String secret(Connection connection, Map<String, String> environment, String key, String variable) {
        return connection.extra().getOrDefault(key, environment.getOrDefault(variable, ""));
    }
}
