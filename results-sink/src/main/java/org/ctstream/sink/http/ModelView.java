package org.ctstream.sink.http;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.ctstream.releases.AnnouncedRelease;
import org.ctstream.releases.assess.ShadowRule;
import org.ctstream.schemas.avro.Lineage;
import org.ctstream.schemas.avro.ModelAssessed;
import org.ctstream.schemas.avro.ModelReleased;
import org.jspecify.annotations.Nullable;

/**
 * A release as the page shows it.
 *
 * @param changedBy who gave it its stage; null if a program did, or nobody said
 * @param serving whether it is the one workers serve
 * @param previous whether a rollback goes to it
 * @param before whether it was in production before, and was not retired since
 * @param shadow how it did in shadow; null if it was not there
 * @param objection why it cannot be promoted now; null if it can
 */
record ModelView(
        String name,
        String version,
        String sha256,
        String architecture,
        String stage,
        boolean trained,
        double threshold,
        Map<String, Double> metrics,
        Instant releasedAt,
        @Nullable String changedBy,
        @Nullable String changeReason,
        Made lineage,
        boolean serving,
        boolean previous,
        boolean before,
        @Nullable Shadow shadow,
        @Nullable String objection) {
    ModelView {
        metrics = new TreeMap<>(metrics);
    }

    /** Where it stands among the others. */
    record Standing(boolean serving, boolean previous, boolean before) {}

    static ModelView of(
            AnnouncedRelease release, Standing standing, @Nullable ModelAssessed assessed, @Nullable String objection) {
        ModelReleased released = release.released();
        return new ModelView(
                released.getName(),
                released.getVersion(),
                released.getSha256(),
                released.getArchitecture(),
                released.getStage().name(),
                released.getTrained(),
                released.getThreshold(),
                released.getMetrics(),
                released.getReleasedAt(),
                released.getChangedBy(),
                released.getChangeReason(),
                Made.of(released.getLineage()),
                standing.serving(),
                standing.previous(),
                standing.before(),
                // One of other weights under this name says nothing of it.
                assessed == null || !assessed.getSha256().equals(release.sha256()) ? null : Shadow.of(assessed),
                objection);
    }

    /**
     * What it was made from.
     *
     * @param labelOffsets next offset of {@code ct.scan.labeled} by partition number when the training data was taken
     * @param parent the release training started from; null if from none
     */
    record Made(
            Map<String, Long> labelOffsets,
            long seed,
            String codeVersion,
            @Nullable String parent) {
        Made {
            labelOffsets = new TreeMap<>(labelOffsets);
        }

        static Made of(Lineage lineage) {
            return new Made(
                    lineage.getLabelOffsets(), lineage.getSeed(), lineage.getCodeVersion(), lineage.getParent());
        }
    }

    /**
     * How it did in shadow.
     *
     * @param against the release it was held against
     * @param otherwise share of scans called otherwise, or on which it alone could not decide
     */
    record Shadow(
            String against,
            String mode,
            Instant from,
            Instant to,
            long scans,
            long flipsToPositive,
            long flipsToNegative,
            long candidateIndeterminate,
            long productionIndeterminate,
            long skipped,
            double otherwise,
            @Nullable Double kappa,
            long labelled,
            @Nullable Double candidateAuc,
            @Nullable Double productionAuc,
            @Nullable Double candidateBrier,
            @Nullable Double productionBrier,
            @Nullable Double candidateCalibrationError,
            @Nullable Double productionCalibrationError,
            @Nullable Double medianMillis,
            String engine,
            String assessedBy,
            Instant createdAt) {
        static Shadow of(ModelAssessed assessed) {
            return new Shadow(
                    assessed.getProductionName() + ":" + assessed.getProductionVersion(),
                    assessed.getMode(),
                    assessed.getFrom(),
                    assessed.getTo(),
                    assessed.getScans(),
                    assessed.getFlipsToPositive(),
                    assessed.getFlipsToNegative(),
                    assessed.getCandidateIndeterminate(),
                    assessed.getProductionIndeterminate(),
                    assessed.getSkipped(),
                    ShadowRule.otherwise(assessed),
                    assessed.getKappa(),
                    assessed.getLabelled(),
                    assessed.getCandidateAuc(),
                    assessed.getProductionAuc(),
                    assessed.getCandidateBrier(),
                    assessed.getProductionBrier(),
                    assessed.getCandidateCalibrationError(),
                    assessed.getProductionCalibrationError(),
                    assessed.getMedianMillis(),
                    assessed.getEngine(),
                    assessed.getAssessedBy(),
                    assessed.getCreatedAt());
        }
    }
}
