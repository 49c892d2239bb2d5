package org.ctstream.trainer.dataset;

import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.fetch.ClaimRoots;

/** Configuration keys of data sets made from the topic. */
public final class DatasetKeys {
    public static final String FOLDER = "dataset.folder";
    public static final String UNASSIGNED_VALIDATION_PERCENT = "dataset.unassigned.validation.percent";
    public static final String CLAIM_CHECK_ROOTS = "claim.check.roots";
    public static final String CLAIM_CHECK_TIMEOUT_MS = "claim.check.timeout.ms";

    private DatasetKeys() {}

    /** Adds them to a service's own. */
    public static ConfigDef define(ConfigDef def) {
        DatasetSettings defaults = DatasetSettings.DEFAULTS;
        return def.define(
                        FOLDER,
                        Type.STRING,
                        "dataset",
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Folder the labelled images are kept in. It may be deleted while nothing trains on it: it is"
                                + " made again from the topic.")
                .define(
                        UNASSIGNED_VALIDATION_PERCENT,
                        Type.INT,
                        defaults.unassignedValidationPercent(),
                        Range.between(0, 100),
                        Importance.MEDIUM,
                        "Share of the images labelled without a split, as in review, that goes to validation instead of"
                                + " training. Decided by content: an image never changes sides.")
                .define(
                        CLAIM_CHECK_ROOTS,
                        Type.LIST,
                        "",
                        ClaimRoots.validator(),
                        Importance.MEDIUM,
                        "Folders that claim checks may point into, as file:, http:, https: or s3: URIs, "
                                + "comma-separated. None by default: labels with a claim check then become dead "
                                + "letters.")
                .define(
                        CLAIM_CHECK_TIMEOUT_MS,
                        Type.LONG,
                        defaults.claimCheckTimeout().toMillis(),
                        Range.between(1, 60_000),
                        Importance.LOW,
                        "Longest time to read one claim check before the store counts as away.");
    }

    public static DatasetSettings settings(ServiceConfig config) {
        return new DatasetSettings(
                DecodeLimits.DEFAULTS,
                List.copyOf(config.list(CLAIM_CHECK_ROOTS)),
                config.millis(CLAIM_CHECK_TIMEOUT_MS),
                config.integer(UNASSIGNED_VALIDATION_PERCENT));
    }
}
