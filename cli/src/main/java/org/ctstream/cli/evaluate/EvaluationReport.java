package org.ctstream.cli.evaluate;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.List;
import org.ctstream.trainer.evaluate.Calibration;
import org.ctstream.trainer.evaluate.Confusion;
import org.ctstream.trainer.evaluate.Estimate;
import org.ctstream.trainer.evaluate.Evaluation;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation found; written as JSON. A metric that the images do not determine is null.
 *
 * @param notice that this is no medical device, and that the model is untrained if it is
 * @param durationMs reading, decoding and classifying all images
 * @param refused rows and images that are in no metric
 */
@JsonPropertyOrder({
    "notice",
    "evaluatedAt",
    "model",
    "data",
    "engine",
    "threshold",
    "metrics",
    "confusion",
    "calibration",
    "durationMs",
    "refused"
})
public record EvaluationReport(
        String notice,
        Instant evaluatedAt,
        Model model,
        Data data,
        Engine engine,
        ChosenThreshold threshold,
        Metrics metrics,
        Confusion confusion,
        List<Bin> calibration,
        long durationMs,
        List<Refused> refused) {
    public EvaluationReport {
        calibration = List.copyOf(calibration);
        refused = List.copyOf(refused);
    }

    /** @param sha256 digest of the weights */
    record Model(String name, String version, String sha256, String architecture, boolean trained) {}

    /**
     * @param split name of the split, as the user calls it
     * @param list file name of the list
     * @param listSha256 digest of the list's bytes
     * @param contentSha256 digest over the lines {@code <digest of an image> <0 or 1>}, sorted
     */
    record Data(
            String split,
            String list,
            String listSha256,
            String contentSha256,
            int images,
            int positives,
            int negatives) {}

    /** @param views how many flips of an image the probability is the mean of */
    record Engine(String name, String version, String device, int threads, int batch, int views) {}

    /** All metrics of an evaluation; intervals are of 95 %. */
    public record Metrics(
            Interval auc,
            String aucInterval,
            Interval accuracy,
            Interval sensitivity,
            Interval specificity,
            String proportionInterval,
            @Nullable Double f1,
            @Nullable Double aucByHardLabels,
            @Nullable Double brier,
            @Nullable Double expectedCalibrationError) {
        public static Metrics of(Evaluation evaluation) {
            return new Metrics(
                    Interval.of(evaluation.aucEstimate()),
                    "DeLong 1988; Newcombe 2006 method 5 where its variance is zero or undefined",
                    Interval.of(evaluation.accuracy()),
                    Interval.of(evaluation.sensitivity()),
                    Interval.of(evaluation.specificity()),
                    "Wilson 1927",
                    orNull(evaluation.f1()),
                    orNull(evaluation.aucByHardLabels()),
                    orNull(evaluation.brier()),
                    orNull(evaluation.ece()));
        }
    }

    /** A metric with both ends of its interval. */
    public record Interval(
            @Nullable Double value,
            @Nullable Double low,
            @Nullable Double high) {
        public static Interval of(Estimate estimate) {
            return new Interval(orNull(estimate.value()), orNull(estimate.low()), orNull(estimate.high()));
        }
    }

    /** One bin of the reliability diagram. */
    public record Bin(int images, int positives, @Nullable Double meanProbability) {
        public static List<Bin> of(Calibration calibration) {
            return calibration.bins().stream()
                    .map(bin -> new Bin(bin.images(), bin.positives(), orNull(bin.meanProbability())))
                    .toList();
        }
    }

    /** @param source list and line, or an image's digest */
    record Refused(String source, String reason) {}

    private static @Nullable Double orNull(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
