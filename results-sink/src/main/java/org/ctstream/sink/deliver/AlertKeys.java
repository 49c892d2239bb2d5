package org.ctstream.sink.deliver;

import java.time.Duration;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.ctstream.service.config.ServiceConfig;

/** The keys that webhooks and HL7 receivers have in common. */
public final class AlertKeys {
    public static final String SUPPRESS_STUDY_MINUTES = "alert.suppress.study.minutes";
    public static final String TIMEOUT_MS = "alert.delivery.timeout.ms";
    public static final String RETRY_FIRST_MS = "alert.retry.first.ms";
    public static final String RETRY_MAX_MS = "alert.retry.max.ms";
    public static final String RETRY_ATTEMPTS = "alert.retry.attempts";
    public static final String TRUSTSTORE_LOCATION = "alert.ssl.truststore.location";
    public static final String TRUSTSTORE_TYPE = "alert.ssl.truststore.type";
    public static final String TRUSTSTORE_PASSWORD = "alert.ssl.truststore.password";

    private static final int MINUTES_PER_WEEK = 10_080;
    private static final long HOUR_MS = 3_600_000L;
    private static final long DAY_MS = 24 * HOUR_MS;

    private AlertKeys() {}

    /** Adds the keys. */
    public static ConfigDef define(ConfigDef def) {
        return def.define(
                        SUPPRESS_STUDY_MINUTES,
                        Type.INT,
                        0,
                        Range.between(0, MINUTES_PER_WEEK),
                        Importance.MEDIUM,
                        "An alert is not delivered to webhooks and HL7 receivers if one of the same study was raised less"
                                + " than this many minutes before; it is listed as suppressed, and ct.scan.alerted has it"
                                + " all the same. 0 delivers all.")
                .define(
                        TIMEOUT_MS,
                        Type.LONG,
                        10_000L,
                        Range.between(100, 60_000),
                        Importance.LOW,
                        "Longest time of one attempt to deliver an alert, from the connection to the last byte of the"
                                + " answer.")
                .define(
                        RETRY_FIRST_MS,
                        Type.LONG,
                        2_000L,
                        Range.between(10, HOUR_MS),
                        Importance.LOW,
                        "Wait before the second attempt; it doubles with each further one, and varies between half and the"
                                + " whole.")
                .define(
                        RETRY_MAX_MS,
                        Type.LONG,
                        HOUR_MS,
                        Range.between(10, DAY_MS),
                        Importance.LOW,
                        "Longest wait between two attempts.")
                .define(
                        RETRY_ATTEMPTS,
                        Type.INT,
                        80,
                        Range.between(1, 10_000),
                        Importance.MEDIUM,
                        "Most attempts; then a delivery is dead until somebody replays it. With the default waits the last"
                                + " one comes about two days after the first.")
                .define(
                        TRUSTSTORE_LOCATION,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "Trust store for https webhooks and HL7 receivers with TLS; empty for the certificates Java trusts.")
                .define(
                        TRUSTSTORE_TYPE,
                        Type.STRING,
                        "PEM",
                        ValidString.in("PEM", "PKCS12", "JKS"),
                        Importance.LOW,
                        "Type of that trust store.")
                .define(
                        TRUSTSTORE_PASSWORD,
                        Type.PASSWORD,
                        "",
                        Importance.LOW,
                        "Password of that trust store; empty for a PEM file.");
    }

    /** The rules these keys give. */
    public static DeliveryRules rules(ServiceConfig config) {
        Duration first = config.millis(RETRY_FIRST_MS);
        Duration max = config.millis(RETRY_MAX_MS);
        return new DeliveryRules(
                config.millis(TIMEOUT_MS),
                new RetrySchedule(first, max.compareTo(first) < 0 ? first : max, config.integer(RETRY_ATTEMPTS)),
                config.integer(SUPPRESS_STUDY_MINUTES));
    }
}
