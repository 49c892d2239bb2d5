package org.ctstream.sink.store;

import org.jspecify.annotations.Nullable;

/**
 * A result and where its network puts the scan.
 *
 * @param embedding null if the result came without one
 */
public record EmbeddedResult(
        String resultId,
        ScanOrigin origin,
        String modelDigest,
        @Nullable StoredEmbedding embedding) {}
