package org.ctstream.trainer.continuous;

import org.jspecify.annotations.Nullable;

/**
 * What a run depends on beside its images: with the same ones it would fail again as it has failed.
 *
 * @param settings digest of its settings; with others a run that was begun cannot go on
 * @param program version of the program
 * @param production {@code name:version} of the release in production when it began, or null
 */
record Circumstances(
        String settings, String program, @Nullable String production) {}
