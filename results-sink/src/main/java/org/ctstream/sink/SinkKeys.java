package org.ctstream.sink;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.types.Password;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ConfigProblemsException;
import org.ctstream.service.config.ServiceConfig;

/** The keys of the results sink, and the checks that concern more than one of them. */
public final class SinkKeys {
    public static final int DEFAULT_HTTP_PORT = 8080;

    public static final String GROUP_ID = "sink.group.id";
    public static final String DATABASE_URL = "database.url";
    public static final String DATABASE_USER = "database.user";
    public static final String DATABASE_PASSWORD = "database.password";
    public static final String DATABASE_POOL_SIZE = "database.pool.size";
    public static final String DATABASE_TIMEOUT_MS = "database.timeout.ms";
    public static final String HTTP_AUTH = "http.auth";
    public static final String HTTP_USER_INFO = "http.basic.auth.user.info";

    /** The drivers' settings that the sink depends on, and why the URL must not change them. */
    private static final Map<String, String> FIXED_PARAMETERS = Map.of(
            "reWriteBatchedInserts",
            "the driver then no longer tells new results from old ones, and no alert would go out",
            "logServerErrorDetail",
            "the driver could then write values of results into its error messages");

    private static final String AUTH_BASIC = "basic";
    private static final String AUTH_NONE = "none";

    private SinkKeys() {}

    public static ConfigDef def() {
        return CommonKeys.def(DEFAULT_HTTP_PORT)
                .define(
                        GROUP_ID,
                        Type.STRING,
                        "ctstream-results-sink",
                        new ConfigDef.NonEmptyString(),
                        Importance.MEDIUM,
                        "Consumer group that reads ct.scan.classified. Sinks of one group share the partitions.")
                .define(
                        DATABASE_URL,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "JDBC URL of the database: jdbc:postgresql://host/name, or jdbc:h2:file:/path for one machine.")
                .define(DATABASE_USER, Type.STRING, "", Importance.HIGH, "Database user; empty for H2 without one.")
                .define(DATABASE_PASSWORD, Type.PASSWORD, "", Importance.HIGH, "Password of the database user.")
                .define(
                        DATABASE_POOL_SIZE,
                        Type.INT,
                        8,
                        Range.between(2, 200),
                        Importance.LOW,
                        "Database connections: one stores, the others answer the HTTP API.")
                .define(
                        DATABASE_TIMEOUT_MS,
                        Type.LONG,
                        10_000L,
                        Range.between(500, 120_000),
                        Importance.LOW,
                        "Longest wait for a connection or for an answer before the database counts as away.")
                .define(
                        HTTP_AUTH,
                        Type.STRING,
                        AUTH_BASIC,
                        ValidString.in(AUTH_BASIC, AUTH_NONE),
                        Importance.HIGH,
                        "Who guards the HTTP API beyond loopback: basic asks for " + HTTP_USER_INFO
                                + "; none leaves it to a proxy in front, and has to be said aloud.")
                .define(
                        HTTP_USER_INFO,
                        Type.PASSWORD,
                        "",
                        Importance.HIGH,
                        "user:password for HTTP Basic authentication of the API and the page. Needed as soon as "
                                + CommonKeys.HTTP_HOST + " is not loopback.");
    }

    /**
     * Checks what single keys cannot: the kind of database and its parameters, and that nobody opens the API to a network
     * unguarded.
     *
     * @throws ConfigProblemsException with every problem found
     */
    static void check(ServiceConfig config) {
        var problems = new ArrayList<String>();
        String url = config.string(DATABASE_URL);
        if (!url.startsWith("jdbc:h2:") && !url.startsWith("jdbc:postgresql:")) {
            problems.add(
                    "Cannot use " + DATABASE_URL + " (expected: a URL that begins with jdbc:postgresql: or jdbc:h2:)");
        }
        FIXED_PARAMETERS.forEach((parameter, why) -> {
            if (hasParameter(url, parameter)) {
                problems.add("Cannot use " + DATABASE_URL + " with the parameter " + parameter + ": " + why
                        + " (expected: a URL without it)");
            }
        });
        String userInfo = userInfo(config);
        if (!userInfo.isEmpty() && userInfo.indexOf(':') < 1) {
            problems.add("Cannot use " + HTTP_USER_INFO + " (expected: user:password)");
        }
        String host = config.string(CommonKeys.HTTP_HOST);
        if (userInfo.isEmpty() && !AUTH_NONE.equals(config.string(HTTP_AUTH)) && !isLoopback(host)) {
            problems.add("Cannot serve results on " + host + " unguarded: set " + HTTP_USER_INFO
                    + "=user:password, or " + HTTP_AUTH + "=none where a proxy in front does it, or "
                    + CommonKeys.HTTP_HOST + "=127.0.0.1");
        }
        if (!problems.isEmpty()) {
            throw new ConfigProblemsException("results-sink", List.copyOf(problems));
        }
    }

    /** {@code user:password}, or empty where the API is not guarded. */
    static String userInfo(ServiceConfig config) {
        Password given = config.password(HTTP_USER_INFO);
        return AUTH_NONE.equals(config.string(HTTP_AUTH)) ? "" : given.value();
    }

    /** Whatever its value and its case: a URL that needs none of it loses nothing. */
    private static boolean hasParameter(String url, String name) {
        for (String parameter : url.split("[?&;]", -1)) {
            if (parameter.split("=", 2)[0].strip().equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
