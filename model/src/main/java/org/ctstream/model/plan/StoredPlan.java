package org.ctstream.model.plan;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A plan in the store.
 *
 * @param key what it was made from and for
 * @param file the serialised plan; its digest was right when the store gave it out
 * @param sha256 digest of the file
 * @param createdAt when it was stored
 */
public record StoredPlan(PlanKey key, Path file, String sha256, Instant createdAt) {}
