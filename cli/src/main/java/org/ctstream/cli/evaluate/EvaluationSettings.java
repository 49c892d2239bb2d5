package org.ctstream.cli.evaluate;

import java.nio.file.Path;
import java.util.List;
import org.ctstream.model.classify.ClassifierFactory;
import org.ctstream.model.classify.EngineOptions;
import org.jspecify.annotations.Nullable;

/**
 * What to evaluate on, and how.
 *
 * @param data list of the images
 * @param splitName what they are called
 * @param threshold the threshold to use, or null
 * @param chooseOn list of the images to choose a threshold on, or null; with neither it is the release's own
 * @param views the flips an image is classified in
 */
record EvaluationSettings(
        Path data,
        String splitName,
        @Nullable Double threshold,
        @Nullable Path chooseOn,
        ThresholdAim aim,
        String engineName,
        ClassifierFactory engine,
        EngineOptions options,
        List<Flip> views) {
    EvaluationSettings {
        views = List.copyOf(views);
    }
}
