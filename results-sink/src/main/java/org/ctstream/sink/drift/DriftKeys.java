package org.ctstream.sink.drift;

import java.time.Duration;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.ctstream.service.config.ServiceConfig;

/** The keys of the watch for drift. */
public final class DriftKeys {
    public static final String WINDOW_HOURS = "drift.window.hours";
    public static final String LEAST_RESULTS = "drift.least.results";
    public static final String INTERVAL_MS = "drift.interval.ms";
    public static final String PROFILES = "drift.profiles";

    private static final int DAY_HOURS = 24;
    private static final int MONTH_HOURS = 720;
    private static final long TEN_MINUTES_MS = 600_000L;
    private static final long DAY_MS = 86_400_000L;

    private DriftKeys() {}

    /** Adds the keys. */
    public static ConfigDef define(ConfigDef def) {
        return def.define(
                        WINDOW_HOURS,
                        Type.INT,
                        DAY_HOURS,
                        Range.between(1, MONTH_HOURS),
                        Importance.LOW,
                        "What counts as now when the drift of a source is looked for: its results of the last hours, the"
                                + " newest 1,000 of them. It is compared with the release's profile and with the 4,000"
                                + " results before, up to four weeks back.")
                .define(
                        LEAST_RESULTS,
                        Type.INT,
                        100,
                        Range.between(20, 1_000),
                        Importance.LOW,
                        "Fewest results with a finding of a source that are compared with anything, and fewest of its"
                                + " earlier ones.")
                .define(
                        INTERVAL_MS,
                        Type.LONG,
                        TEN_MINUTES_MS,
                        Range.between(1_000, DAY_MS),
                        Importance.LOW,
                        "Time from one look for drift to the next.")
                .define(
                        PROFILES,
                        Type.STRING,
                        "",
                        Importance.LOW,
                        "Folder of release profiles (\"ctstream model profile\"), beside the one of the release the program"
                                + " brings along. Empty for none.");
    }

    public static DriftSettings settings(ServiceConfig config) {
        return new DriftSettings(
                Duration.ofHours(config.integer(WINDOW_HOURS)),
                config.integer(LEAST_RESULTS),
                config.millis(INTERVAL_MS));
    }

    public static Profiles profiles(ServiceConfig config) {
        return new Profiles(config.string(PROFILES).isBlank() ? null : config.path(PROFILES));
    }
}
