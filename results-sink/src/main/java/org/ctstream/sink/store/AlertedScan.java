package org.ctstream.sink.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an alert says. Fields as in {@code ScanAlerted}; identifiers of people and studies are pseudonyms or absent.
 *
 * @param alertId equal to the result id the alert was raised for
 * @param patientRef the patient's pseudonym, for formats that cannot do without one
 * @param modelTrained false for a model that no training has produced: the alert is a test
 */
public record AlertedScan(
        String alertId,
        String scanId,
        @Nullable String studyUid,
        @Nullable String seriesUid,
        @Nullable String instanceUid,
        @Nullable String patientRef,
        String source,
        String priority,
        double probability,
        double threshold,
        String modelName,
        String modelVersion,
        String modelDigest,
        boolean modelTrained,
        @Nullable Instant acquiredAt,
        Instant receivedAt,
        Instant classifiedAt,
        Instant alertedAt) {}
