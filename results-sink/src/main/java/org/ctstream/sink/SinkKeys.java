package org.ctstream.sink;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ConfigProblemsException;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.kafka.StaticMembership;
import org.ctstream.sink.drift.DriftKeys;
import org.ctstream.sink.models.PromotionKeys;
import org.ctstream.sink.study.StudyKeys;

/** The keys of the results sink, and the checks that concern more than one of them. */
public final class SinkKeys {
    public static final int DEFAULT_HTTP_PORT = 8080;

    public static final String GROUP_ID = "sink.group.id";
    public static final String DATABASE_URL = "database.url";
    public static final String DATABASE_USER = "database.user";
    public static final String DATABASE_PASSWORD = "database.password";
    public static final String DATABASE_POOL_SIZE = "database.pool.size";
    public static final String DATABASE_TIMEOUT_MS = "database.timeout.ms";
    public static final String REVIEWER = "review.reviewer";
    public static final String REVIEW_USER_HEADER = "review.user.header";
    public static final String PAGE_KAFKA_TIMEOUT_MS = "page.kafka.timeout.ms";
    public static final String LAG_INTERVAL_MS = "lag.interval.ms";

    /** The drivers' settings that the sink depends on, and why the URL must not change them. */
    private static final Map<String, String> FIXED_PARAMETERS = Map.of(
            "reWriteBatchedInserts",
            "the driver then no longer tells new results from old ones, and no alert would go out",
            "logServerErrorDetail",
            "the driver could then write values of results into its error messages");

    private SinkKeys() {}

    public static ConfigDef def() {
        return DriftKeys.define(PromotionKeys.define(StudyKeys.define(
                        AlertChannels.define(StaticMembership.define(CommonKeys.def(DEFAULT_HTTP_PORT))))))
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
                        REVIEWER,
                        Type.STRING,
                        "reviewer",
                        new ConfigDef.NonEmptyString(),
                        Importance.MEDIUM,
                        "Pseudonym under which reviews go out that no user name comes with: on loopback without"
                                + " credentials, or by bearer token. Else it is the user who gave the password.")
                .define(
                        REVIEW_USER_HEADER,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "Header in which a proxy in front names the user it has asked for credentials. Believed only with"
                                + " http.auth=none; then there are no reviews without it.")
                .define(
                        PAGE_KAFKA_TIMEOUT_MS,
                        Type.LONG,
                        5_000L,
                        Range.between(500, 30_000),
                        Importance.LOW,
                        "Longest wait for one record that the page wants from Kafka: a slice, or the original of a"
                                + " review.")
                .define(
                        LAG_INTERVAL_MS,
                        Type.LONG,
                        15_000L,
                        Range.between(500, 600_000),
                        Importance.LOW,
                        "How often the lag of the stream's groups is asked for, for the metrics.");
    }

    /**
     * Checks what single keys cannot: the kind of database and its parameters.
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
        AlertChannels.check(config, problems);
        if (!problems.isEmpty()) {
            throw new ConfigProblemsException("results-sink", List.copyOf(problems));
        }
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
}
