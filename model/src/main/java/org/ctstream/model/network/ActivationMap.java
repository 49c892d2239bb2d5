package org.ctstream.model.network;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a network so that it also tells where it saw what speaks for the positive class.
 *
 * <p>A network that averages a map of features, and has layers behind it whose gradient is known, has such a map of its
 * own: each channel is weighted with how much its average adds to the positive class's logit less the negative's. With one
 * linear layer behind the average these weights are that layer's, and the map is the class activation map; with more it is
 * Grad-CAM without its cut at 0. Either costs one product of the map with a vector, which is next to nothing beside the
 * network. Such a network's embedding, the input of its last linear layer, comes out on the way and is kept.
 *
 * @see "Zhou et al., Learning Deep Features for Discriminative Localization, CVPR 2016, section 2"
 * @see "Selvaraju et al., Grad-CAM, ICCV 2017, equations 1 and 2"
 */
final class ActivationMap {
    /** Gradient of the positive class's logit less the negative's with respect to the logits. */
    private static final float[] POSITIVE_LESS_NEGATIVE = {-1, 1};

    private ActivationMap() {}

    /**
     * A network's result.
     *
     * @param logits (N, classes)
     * @param evidence (N, rows, columns); null if the network has no map
     * @param embedding (N, features); null if the network has no map
     */
    record Result(
            Value logits,
            @Nullable Value evidence,
            @Nullable Value embedding) {}

    /** Whether a network has a map. */
    static boolean existsFor(StagedNetwork network) {
        int averaging = averagingStage(network);
        return averaging >= 0
                && network.classes() == POSITIVE_LESS_NEGATIVE.length
                && network.parts().stream()
                        .skip(averaging + 1L)
                        .allMatch(stage -> stage.layer() instanceof Differentiable);
    }

    /** Runs the network; the images stay open. */
    static Result run(StagedNetwork network, Value images) {
        int stages = network.parts().size();
        if (!existsFor(network)) {
            return new Result(network.run(images, 0, stages), null, null);
        }
        int averaging = averagingStage(network);
        try (Value before = network.run(images, 0, averaging);
                Value map = map(network.parts().get(averaging), before)) {
            return behind(network.parts().subList(averaging + 1, stages), map);
        }
    }

    private static Result behind(List<Stage> stages, Value map) {
        List<Value> inputs = new ArrayList<>();
        Value current = map.averaged();
        try {
            for (Stage stage : stages) {
                inputs.add(current);
                current = stage.step().apply(current);
            }
            try (Value weights = weights(stages, inputs)) {
                Value evidence = map.channelSum(weights);
                // The one input that outlives the run.
                return new Result(current, evidence, inputs.remove(inputs.size() - 1));
            }
        } finally {
            inputs.forEach(Value::close);
        }
    }

    /** Gradient with respect to the averages, stage by stage from the last. */
    private static Value weights(List<Stage> stages, List<Value> inputs) {
        Value gradient = inputs.get(0).constant(POSITIVE_LESS_NEGATIVE, 1, POSITIVE_LESS_NEGATIVE.length);
        for (int i = stages.size() - 1; i >= 0; i--) {
            try (Value outer = gradient) {
                gradient = ((Differentiable) stages.get(i).layer()).inputGradient(inputs.get(i), outer);
            }
        }
        return gradient;
    }

    private static Value map(Stage averaging, Value x) {
        Stage.Step step = averaging.map();
        if (step == null) {
            throw new IllegalStateException("stage " + averaging.name() + " makes no map");
        }
        return step.apply(x);
    }

    private static int averagingStage(StagedNetwork network) {
        List<Stage> stages = network.parts();
        for (int i = stages.size() - 1; i >= 0; i--) {
            if (stages.get(i).map() != null) {
                return i;
            }
        }
        return -1;
    }
}
