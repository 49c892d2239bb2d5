package org.ctstream.cli.evaluate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.ctstream.cli.CliException;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.EngineDescription;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.weights.Sha256;
import org.ctstream.trainer.dataset.Dataset;
import org.ctstream.trainer.dataset.Datasets;
import org.ctstream.trainer.dataset.LabeledImage;
import org.ctstream.trainer.dataset.Split;
import org.ctstream.trainer.evaluate.Evaluation;
import org.ctstream.trainer.evaluate.Scores;

/** Reads the lists, classifies their images and measures. */
final class EvaluationRun {
    private static final String DISCLAIMER = "Not a medical device.";
    private static final String UNTRAINED = "The model is untrained: its probabilities mean nothing. ";

    private final EvaluationSettings settings;
    private final Path cache;

    /** @param cache where decoded images are kept */
    EvaluationRun(EvaluationSettings settings, Path cache) {
        this.settings = settings;
        this.cache = cache;
    }

    EvaluationResult evaluate(StoredRelease stored) {
        checkSquare(stored.release());
        long began = System.nanoTime();
        Dataset dataset = Datasets.fromCsv(lists(), cache);
        checkNotEmpty(dataset, Split.TEST, settings.data());
        try (Classifier classifier = settings.engine().open(stored, settings.options())) {
            // As the engine describes it: one that runs no network says that the release is untrained.
            ModelRelease release = classifier.release();
            var scorer = new SliceScorer(classifier, settings.views());
            ChosenThreshold threshold = threshold(release, dataset, scorer);
            List<ScoredImage> images = scorer.score(dataset, Split.TEST);
            Scores scores = ScoredImage.scores(images);
            Evaluation evaluation = Evaluation.of(scores, threshold.value());
            Duration taken = Duration.ofNanos(System.nanoTime() - began);
            var report = new EvaluationReport(
                    (release.trained() ? "" : UNTRAINED) + DISCLAIMER,
                    Instant.now().truncatedTo(ChronoUnit.SECONDS),
                    new EvaluationReport.Model(
                            release.name(),
                            release.version(),
                            release.sha256(),
                            release.architecture(),
                            release.trained()),
                    data(dataset, evaluation),
                    engine(classifier.engine()),
                    threshold,
                    EvaluationReport.Metrics.of(evaluation),
                    evaluation.confusion(),
                    EvaluationReport.Bin.of(evaluation.calibration()),
                    taken.toMillis(),
                    refused(dataset, images));
            return new EvaluationResult(report, images, scores, evaluation);
        }
    }

    private static void checkSquare(ModelRelease release) {
        if (release.height() != release.width()) {
            throw CliException.failure(
                    "Cannot evaluate release " + release.id() + ": it wants slices of " + release.height() + " x "
                            + release.width() + " pixels, and only square ones can be made of a list",
                    null);
        }
    }

    private Map<Split, List<Path>> lists() {
        var lists = new EnumMap<Split, List<Path>>(Split.class);
        lists.put(Split.TEST, List.of(settings.data()));
        if (settings.chooseOn() != null) {
            // As another split: a data set with an image in both is refused.
            lists.put(Split.VALIDATION, List.of(settings.chooseOn()));
        }
        return lists;
    }

    private ChosenThreshold threshold(ModelRelease release, Dataset dataset, SliceScorer scorer) {
        if (settings.threshold() != null) {
            return new ChosenThreshold(settings.threshold(), "option");
        }
        if (settings.chooseOn() == null) {
            return new ChosenThreshold(release.threshold(), "release");
        }
        checkNotEmpty(dataset, Split.VALIDATION, settings.chooseOn());
        Scores scores = ScoredImage.scores(scorer.score(dataset, Split.VALIDATION));
        return new ChosenThreshold(
                settings.aim().choice().on(scores),
                settings.aim().name() + " on " + scores.size() + " images of "
                        + settings.chooseOn().getFileName());
    }

    private static void checkNotEmpty(Dataset dataset, Split split, Path list) {
        if (dataset.images(split).isEmpty()) {
            String first = dataset.rejected().isEmpty()
                    ? ""
                    : "; the first refusal: " + dataset.rejected().get(0);
            throw CliException.failure("No image of " + list + " can be used" + first, null);
        }
    }

    private EvaluationReport.Data data(Dataset dataset, Evaluation evaluation) {
        Path list = settings.data();
        try {
            return new EvaluationReport.Data(
                    settings.splitName(),
                    list.getFileName().toString(),
                    Sha256.of(list),
                    contentDigest(dataset.images(Split.TEST)),
                    evaluation.images(),
                    evaluation.positives(),
                    evaluation.negatives());
        } catch (IOException e) {
            throw CliException.failure("Cannot read the list " + list + " again for its digest: " + e, e);
        }
    }

    /** Not the data set's own fingerprint: the images a threshold was chosen on are no part of it. */
    private static String contentDigest(List<LabeledImage> images) {
        String lines = images.stream()
                .map(image -> image.digest() + " " + image.label() + "\n")
                .collect(Collectors.joining());
        return Sha256.of(lines.getBytes(StandardCharsets.UTF_8));
    }

    private EvaluationReport.Engine engine(EngineDescription engine) {
        return new EvaluationReport.Engine(
                engine.engine(),
                engine.version(),
                engine.device().toString(),
                engine.threads(),
                settings.options().maxBatch(),
                settings.views().size());
    }

    private static List<EvaluationReport.Refused> refused(Dataset dataset, List<ScoredImage> images) {
        var refused = new ArrayList<EvaluationReport.Refused>();
        dataset.rejected()
                .forEach(rejected -> refused.add(new EvaluationReport.Refused(
                        rejected.source(), rejected.field() + ": " + rejected.detail() + "; " + rejected.remedy())));
        images.stream()
                .filter(scored -> !scored.isFinite())
                .forEach(scored -> refused.add(new EvaluationReport.Refused(
                        scored.image().digest(), "the network's output is not finite for this image")));
        return refused;
    }
}
