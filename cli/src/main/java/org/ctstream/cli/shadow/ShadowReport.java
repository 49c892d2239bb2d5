package org.ctstream.cli.shadow;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ctstream.cli.evaluate.EvaluationReport;
import org.ctstream.model.classify.EngineDescription;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.trainer.evaluate.Evaluation;
import org.jspecify.annotations.Nullable;

/**
 * How a candidate did in shadow, as the JSON file has it.
 *
 * @param notice that this is no medical device, and that the candidate is untrained if it is
 * @param partial whether it was broken off: no promotion goes by it then
 * @param flips scans the releases call otherwise, at most {@value #MOST_FLIPS}
 * @param labelled measured on the scans with a reader's label; null if there are none, or none were asked for
 */
@JsonPropertyOrder({
    "notice",
    "createdAt",
    "createdBy",
    "codeVersion",
    "partial",
    "candidate",
    "production",
    "range",
    "engine",
    "latency",
    "agreement",
    "differences",
    "sources",
    "labelled",
    "labelsLeftOut",
    "skipped",
    "flips"
})
record ShadowReport(
        String notice,
        Instant createdAt,
        String createdBy,
        String codeVersion,
        boolean partial,
        Candidate candidate,
        Against production,
        Range range,
        Engine engine,
        @Nullable EngineLatency latency,
        Agreement agreement,
        @Nullable Differences differences,
        List<SourceFlips> sources,
        @Nullable Labelled labelled,
        Map<String, Long> labelsLeftOut,
        Map<String, Long> skipped,
        List<Flip> flips) {
    static final int MOST_FLIPS = 200;

    ShadowReport {
        sources = List.copyOf(sources);
        labelsLeftOut = new LinkedHashMap<>(labelsLeftOut);
        skipped = new LinkedHashMap<>(skipped);
        flips = List.copyOf(flips);
    }

    long skippedCount() {
        return skipped.values().stream().mapToLong(Long::longValue).sum();
    }

    /** @param sha256 digest of the weights */
    record Candidate(String name, String version, String sha256, double threshold, boolean trained) {
        static Candidate of(ModelRelease release) {
            return new Candidate(
                    release.name(), release.version(), release.sha256(), release.threshold(), release.trained());
        }

        String id() {
            return name + ":" + version;
        }
    }

    /** @param sha256 digest of the weights */
    record Against(String name, String version, String sha256) {
        static Against of(Production production) {
            return new Against(production.id().name(), production.id().version(), production.sha256());
        }

        String id() {
            return name + ":" + version;
        }
    }

    /**
     * @param mode {@code replay} or {@code live}
     * @param from Kafka time of the first slice that was read
     * @param to that of the last one
     */
    record Range(String mode, Instant from, Instant to, long slices) {}

    record Engine(String name, String version, String device, int threads, int batch) {
        static Engine of(EngineDescription engine, int batch) {
            return new Engine(engine.engine(), engine.version(), engine.device().toString(), engine.threads(), batch);
        }
    }

    /** A scan the releases call otherwise. */
    record Flip(
            String scanId,
            String source,
            String candidate,
            double candidateProbability,
            String production,
            double productionProbability) {
        static Flip of(Compared scan) {
            return new Flip(
                    scan.key().scanId(),
                    scan.source(),
                    scan.candidate().label().name(),
                    scan.candidate().probability(),
                    scan.production().label().name(),
                    scan.production().probability());
        }
    }

    /** Both releases on the same labelled scans. */
    record Labelled(
            int scans,
            int positives,
            EvaluationReport.Metrics candidate,
            EvaluationReport.Metrics production,
            List<EvaluationReport.Bin> candidateCalibration,
            List<EvaluationReport.Bin> productionCalibration) {
        static Labelled of(Evaluation candidate, Evaluation production) {
            return new Labelled(
                    candidate.images(),
                    candidate.positives(),
                    EvaluationReport.Metrics.of(candidate),
                    EvaluationReport.Metrics.of(production),
                    EvaluationReport.Bin.of(candidate.calibration()),
                    EvaluationReport.Bin.of(production.calibration()));
        }
    }
}
