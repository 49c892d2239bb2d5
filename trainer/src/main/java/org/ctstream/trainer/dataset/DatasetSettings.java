package org.ctstream.trainer.dataset;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.ctstream.imaging.bounds.DecodeLimits;

/**
 * How labels become a data set.
 *
 * @param limits what decoding one image may cost
 * @param claimCheckRoots {@code file:}, {@code http:}, {@code https:} or {@code s3:} URIs of the folders that claim checks
 *     may point into; with none, every claim check is rejected
 * @param claimCheckTimeout longest time to read one claim check
 * @param unassignedValidationPercent share of the images without a split, as review labels are, that goes to validation,
 *     0 to 100; the digest decides which, so that an image never changes sides
 */
public record DatasetSettings(
        DecodeLimits limits,
        List<String> claimCheckRoots,
        Duration claimCheckTimeout,
        int unassignedValidationPercent) {

    /** No claim checks; every image without a split is for training. */
    public static final DatasetSettings DEFAULTS =
            new DatasetSettings(DecodeLimits.DEFAULTS, List.of(), Duration.ofSeconds(10), 0);

    public DatasetSettings {
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(claimCheckTimeout, "claimCheckTimeout");
        claimCheckRoots = List.copyOf(claimCheckRoots);
        if (unassignedValidationPercent < 0 || unassignedValidationPercent > 100) {
            throw new IllegalArgumentException(
                    "unassignedValidationPercent is " + unassignedValidationPercent + " (expected: 0 to 100)");
        }
    }
}
