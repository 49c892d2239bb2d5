package org.ctstream.trainer.continuous;

import org.jspecify.annotations.Nullable;

/**
 * A run that was begun: everything it must be gone on with.
 *
 * @param version version of the release to be, and name of the run's folder
 * @param parent {@code name:version} of the release it starts from; null for the configured weights, or random ones
 * @param circumstances what it depends on beside its images
 * @param labels what it trains on
 */
record RunPlan(String version, @Nullable String parent, Circumstances circumstances, LabelSnapshot labels) {}
