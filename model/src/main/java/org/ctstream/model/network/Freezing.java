package org.ctstream.model.network;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which stages of a network training changes.
 *
 * <p>A frozen stage has no gradients, and its normalisations keep to their running statistics and leave them alone, so
 * that it is the same function in training as in inference.
 */
public final class Freezing {
    private Freezing() {}

    /**
     * Freezes all stages but these, which become trainable.
     *
     * <p>A DJL trainer makes every parameter trainable when it is made: call this afterwards.
     *
     * @throws IllegalArgumentException if the network has no stage of one of the names; nothing is changed then
     */
    public static void apply(StagedNetwork network, Set<String> trainableStages) {
        List<String> stages = network.stages();
        List<String> unknown = trainableStages.stream()
                .filter(name -> !stages.contains(name))
                .sorted()
                .toList();
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    network.architecture() + " has no stages " + unknown + ", only " + stages);
        }
        for (int i = 0; i < stages.size(); i++) {
            freeze(network.stage(i), !trainableStages.contains(stages.get(i)));
        }
    }

    /**
     * Index of the first stage with a parameter that has gradients: all before it is the same function of the images
     * throughout the training. The number of stages if nothing is trainable.
     */
    public static int firstTrainable(StagedNetwork network) {
        int count = network.stages().size();
        for (int i = 0; i < count; i++) {
            if (Parameters.byName(network.stage(i)).values().stream().anyMatch(Parameter::requiresGradient)) {
                return i;
            }
        }
        return count;
    }

    /** Names of the stages with a parameter that has gradients, in order. */
    public static List<String> trainable(StagedNetwork network) {
        List<String> trainable = new ArrayList<>();
        List<String> stages = network.stages();
        for (int i = 0; i < stages.size(); i++) {
            if (Parameters.byName(network.stage(i)).values().stream().anyMatch(Parameter::requiresGradient)) {
                trainable.add(stages.get(i));
            }
        }
        return trainable;
    }

    private static void freeze(Block block, boolean frozen) {
        for (Parameter parameter : block.getDirectParameters().values()) {
            // Running statistics never have gradients; torch would refuse to normalise with them.
            if (isLearnt(parameter)) {
                parameter.freeze(frozen);
            }
        }
        if (block instanceof BatchNormalization normalization) {
            normalization.setFrozen(frozen);
        }
        block.getChildren().values().forEach(child -> freeze(child, frozen));
    }

    private static boolean isLearnt(Parameter parameter) {
        return parameter.getType() != Parameter.Type.RUNNING_MEAN && parameter.getType() != Parameter.Type.RUNNING_VAR;
    }
}
