package org.ctstream.ingest.normalize;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a normalized scan says of its origin: pseudonyms, or nothing. */
record Identity(
        @Nullable String studyUid,
        @Nullable String seriesUid,
        @Nullable String instanceUid,
        @Nullable String patientRef,
        @Nullable Instant acquiredAt) {}
