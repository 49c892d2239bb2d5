package org.ctstream.model.network;

import java.util.ArrayList;
import java.util.List;

/**
 * DenseNet-BC. Stages: {@code features.conv0}, {@code features.norm0} with ReLU and pooling, the dense blocks and the
 * transitions between them, {@code features.norm5} with ReLU and global pooling, {@code classifier}.
 *
 * @see DenseNetLayout
 */
public final class DenseNet extends StagedNetwork {
    /** Without dropout. */
    public DenseNet(DenseNetLayout layout) {
        this(layout, 0);
    }

    /**
     * With dropout before the classifier.
     *
     * @param dropout probability of dropping a feature in training, from 0 to below 1
     */
    DenseNet(DenseNetLayout layout, double dropout) {
        super(backbone(layout), "classifier", layout.classes(), dropout);
    }

    static Backbone backbone(DenseNetLayout layout) {
        List<Stage> stages = new ArrayList<>();
        int initial = layout.initialFeatures();
        stages.add(new Stage("features.conv0", Convolution.of(DenseNetLayout.INPUT_CHANNELS, initial, 7, 2, 3)));
        BatchNormalization first = new BatchNormalization(initial);
        stages.add(new Stage("features.norm0", first, x -> stem(first, x)));
        int blocks = layout.blocks().size();
        for (int i = 0; i < blocks; i++) {
            stages.add(new Stage(
                    "features.denseblock" + (i + 1),
                    new DenseBlock(layout.blocks().get(i), layout.channelsInto(i), layout.growth())));
            if (i + 1 < blocks) {
                stages.add(new Stage(
                        "features.transition" + (i + 1),
                        new Transition(layout.channelsOutOf(i), layout.channelsInto(i + 1))));
            }
        }
        BatchNormalization last = new BatchNormalization(layout.features());
        stages.add(Stage.averaged("features.norm" + (blocks + 1), last, x -> Layers.normalizedRelu(last, x)));
        return new Backbone(layout.name(), stages, layout.features());
    }

    private static Value stem(Layer norm, Value x) {
        try (Value activated = Layers.normalizedRelu(norm, x)) {
            return activated.maxPooled(3, 2, 1);
        }
    }
}
