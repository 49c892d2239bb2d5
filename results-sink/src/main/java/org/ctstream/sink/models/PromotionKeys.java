package org.ctstream.sink.models;

import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.ctstream.releases.assess.ShadowRule;
import org.ctstream.service.config.ServiceConfig;

/** The keys of promotions from the page. */
public final class PromotionKeys {
    public static final String OPERATORS = "page.operators";
    public static final String REQUIRE_SHADOW = "promotion.require.shadow";
    public static final String MIN_SCANS = "promotion.shadow.min.scans";
    public static final String MAX_FLIPS = "promotion.shadow.max.flips";
    public static final String MAX_AGE_MS = "promotion.shadow.max.age.ms";

    private static final long DAY_MS = 86_400_000L;

    private PromotionKeys() {}

    /** Adds the keys. */
    public static ConfigDef define(ConfigDef def) {
        return def.define(
                        OPERATORS,
                        Type.LIST,
                        "",
                        Importance.MEDIUM,
                        "Users who may promote releases and roll back on the page: those who gave the password, or whom a"
                                + " proxy names (review.user.header). Empty: nobody, but on loopback without credentials"
                                + " whoever is on this machine.")
                .define(
                        REQUIRE_SHADOW,
                        Type.BOOLEAN,
                        false,
                        Importance.MEDIUM,
                        "Whether the page promotes a release only if \"ctstream model shadow\" has held it against the one"
                                + " in production. A way back to an earlier release is never refused.")
                .define(
                        MIN_SCANS,
                        Type.LONG,
                        ShadowRule.DEFAULT_MIN_SCANS,
                        Range.atLeast(1),
                        Importance.LOW,
                        "With promotion.require.shadow: fewest scans compared.")
                .define(
                        MAX_FLIPS,
                        Type.DOUBLE,
                        ShadowRule.DEFAULT_MAX_FLIPS,
                        Range.between(0, 1),
                        Importance.LOW,
                        "With promotion.require.shadow: largest share of them, 0 to 1, that the candidate calls otherwise,"
                                + " or on which it alone cannot decide.")
                .define(
                        MAX_AGE_MS,
                        Type.LONG,
                        ShadowRule.DEFAULT_MAX_AGE.toMillis(),
                        Range.between(60_000, 365 * DAY_MS),
                        Importance.LOW,
                        "With promotion.require.shadow: how old the comparison may be.");
    }

    /** What a promotion asks of the candidate's time in shadow; empty for nothing. */
    public static Optional<ShadowRule> shadow(ServiceConfig config) {
        return config.bool(REQUIRE_SHADOW)
                ? Optional.of(new ShadowRule(
                        config.longInteger(MIN_SCANS), config.decimal(MAX_FLIPS), config.millis(MAX_AGE_MS)))
                : Optional.empty();
    }
}
