package org.ctstream.cli.train.search;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ctstream.imaging.augment.AugmentationSettings;
import org.ctstream.model.network.Networks;
import org.ctstream.trainer.search.SearchSpace;
import picocli.CommandLine.Option;

/** What trials are drawn from. */
final class SpaceOptions {
    private static final Pattern RANGE = Pattern.compile("([0-9.eE+-]+?)\\.\\.([0-9.eE+-]+)");
    private static final String ALL = "all";
    private static final int CLASSES = 2;

    @Option(
            names = "--learning-rates",
            paramLabel = "MIN..MAX",
            description = "Learning rates; their logarithm is drawn uniformly.")
    private String rates = "0.0005..0.05";

    @Option(names = "--batch-sizes", split = ",", paramLabel = "N", description = "Batch sizes, comma-separated.")
    private List<Integer> batchSizes = List.of(32, 64, 128);

    @Option(
            names = "--augmentations",
            split = ",",
            paramLabel = "NAME",
            description = "Augmentations, comma-separated: none, centre-crop, weak, standard, strong.")
    private List<String> augmentations = List.of("weak", "standard", "strong");

    @Option(
            names = "--trainable",
            paramLabel = "STAGES",
            description =
                    "A set of stages that learn, comma-separated, or all; may be repeated, once for each set to draw"
                            + " from. Default: the phase's own set, the last stage alone, and all.")
    private List<String> trainable = new ArrayList<>();

    /**
     * The space.
     *
     * @param architecture the network of the phase that is searched
     * @param own stages that learn in that phase as it is configured
     * @throws IllegalArgumentException if a value does not fit, naming the option
     */
    SearchSpace space(String architecture, List<String> own) {
        Matcher range = RANGE.matcher(rates);
        if (!range.matches()) {
            throw new IllegalArgumentException("--learning-rates must be MIN..MAX, found " + rates);
        }
        augmentations.forEach(AugmentationSettings::parse);
        return new SearchSpace(
                number(range.group(1)),
                number(range.group(2)),
                batchSizes,
                augmentations,
                stageSets(architecture, own));
    }

    private List<List<String>> stageSets(String architecture, List<String> own) {
        List<String> stages = Networks.named(architecture, CLASSES).stages();
        if (trainable.isEmpty()) {
            Set<List<String>> sets = new LinkedHashSet<>();
            if (stages.containsAll(own)) { // the default is DenseNet's
                sets.add(own);
            }
            sets.add(List.of(stages.get(stages.size() - 1)));
            sets.add(List.of());
            return List.copyOf(sets);
        }
        return trainable.stream()
                .map(set -> stageSet(set, stages, architecture))
                .toList();
    }

    private static List<String> stageSet(String text, List<String> stages, String architecture) {
        if (text.equals(ALL)) {
            return List.of();
        }
        List<String> set = List.of(text.split(","));
        for (String stage : set) {
            if (!stages.contains(stage)) {
                throw new IllegalArgumentException("--trainable: " + architecture + " has no stage '" + stage
                        + "' (expected: all, or some of " + String.join(", ", stages) + ")");
            }
        }
        return set;
    }

    private double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--learning-rates must be MIN..MAX, found " + rates, e);
        }
    }
}
