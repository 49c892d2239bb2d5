package org.ctstream.imaging.augment;

import java.util.Map;

/** The settings with a name. */
final class Samples {

    static final Map<String, AugmentationSettings> NAMED = Map.of(
            "none", AugmentationSettings.none(),
            "centre-crop", AugmentationSettings.centreCrop(),
            "weak", AugmentationSettings.weak(),
            "standard", AugmentationSettings.standard(),
            "strong", AugmentationSettings.strong());

    private Samples() {}
}
