package org.ctstream.trainer.release;

import org.jspecify.annotations.Nullable;

/**
 * What a release is to be called.
 *
 * @param name name of the line of releases
 * @param version version within it
 * @param description one or two sentences for people
 * @param parent release that training started from, {@code name:version}, or null
 */
public record ReleaseRequest(
        String name,
        String version,
        String description,
        @Nullable String parent) {}
