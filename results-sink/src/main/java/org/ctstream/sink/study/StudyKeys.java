package org.ctstream.sink.study;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.ctstream.service.config.ServiceConfig;

/** The keys of studies; the sinks of one database should agree on them. */
public final class StudyKeys {
    public static final String QUIET_MS = "study.quiet.ms";
    public static final String PROVISIONAL_MS = "study.provisional.ms";
    public static final String POSITIVE_SLICES = "study.positive.slices";

    private static final long DAY_MS = 86_400_000L;
    private static final int MOST_SLICES = 1_000;

    private StudyKeys() {}

    /** Adds the keys. */
    public static ConfigDef define(ConfigDef def) {
        return def.define(
                        QUIET_MS,
                        Type.LONG,
                        60_000L,
                        Range.between(100, DAY_MS),
                        Importance.MEDIUM,
                        "A study counts as complete when no result of it has been stored for this long. Longer than the"
                                + " pauses of your scanners and archives between two slices of a study; what comes later"
                                + " amends it.")
                .define(
                        PROVISIONAL_MS,
                        Type.LONG,
                        10_000L,
                        Range.between(100, DAY_MS),
                        Importance.MEDIUM,
                        "A study's first, provisional result is published this long after its first slice, or as soon as a"
                                + " slice is positive; and renewed that often while slices come, less often beyond 1,000"
                                + " slices.")
                .define(
                        POSITIVE_SLICES,
                        Type.INT,
                        1,
                        Range.between(1, MOST_SLICES),
                        Importance.HIGH,
                        "Positive slices from which on a study is positive. With 1, each slice is one more chance of a"
                                + " false positive; with more, what shows in few slices is missed.");
    }

    /** The rules these keys give. */
    public static StudyRules rules(ServiceConfig config) {
        return new StudyRules(config.millis(QUIET_MS), config.millis(PROVISIONAL_MS), config.integer(POSITIVE_SLICES));
    }
}
