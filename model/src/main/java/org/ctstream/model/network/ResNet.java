package org.ctstream.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.List;

/**
 * ResNet in torchvision's version. Stages {@code conv1}, {@code bn1} with ReLU and pooling, {@code layer1} to
 * {@code layer4}, the last with global pooling, {@code fc}.
 *
 * @see "He et al., Deep Residual Learning for Image Recognition, CVPR 2016, table 1"
 */
final class ResNet extends StagedNetwork {
    private static final int INITIAL_FILTERS = 64;

    ResNet(Backbone backbone, int classes, double dropout) {
        super(backbone, "fc", classes, dropout);
    }

    static Backbone resNet18() {
        return backbone("resnet18", List.of(2, 2, 2, 2), 1, ResidualUnit::basic);
    }

    static Backbone resNet50() {
        return backbone("resnet50", List.of(3, 4, 6, 3), ResidualUnit.EXPANSION, ResidualUnit::bottleneck);
    }

    @FunctionalInterface
    private interface UnitMaker {
        ResidualUnit make(int channels, int filters, int stride);
    }

    private static Backbone backbone(String name, List<Integer> units, int expansion, UnitMaker maker) {
        List<Stage> stages = new ArrayList<>();
        stages.add(new Stage("conv1", Convolution.of(3, INITIAL_FILTERS, 7, 2, 3)));
        BatchNormalization first = new BatchNormalization(INITIAL_FILTERS);
        stages.add(new Stage("bn1", first, (store, x, training) -> stem(first, store, x, training)));
        int channels = INITIAL_FILTERS;
        for (int i = 0; i < units.size(); i++) {
            int filters = INITIAL_FILTERS << i;
            Group group = new Group();
            for (int unit = 0; unit < units.get(i); unit++) {
                group.add(maker.make(channels, filters, i > 0 && unit == 0 ? 2 : 1));
                channels = expansion * filters;
            }
            String stage = "layer" + (i + 1);
            stages.add(i + 1 < units.size() ? new Stage(stage, group) : pooled(stage, group));
        }
        return new Backbone(name, stages, channels);
    }

    private static NDArray stem(Layer norm, ParameterStore store, NDArray x, boolean training) {
        try (NDArray activated = Layers.normalisedRelu(norm, store, x, training)) {
            return Layers.maxPool(activated, 3, 2, 1);
        }
    }

    private static Stage pooled(String name, Layer group) {
        return new Stage(name, group, (store, x, training) -> {
            try (NDArray map = group.apply(store, x, training)) {
                return Layers.pooled(map);
            }
        });
    }

    /** Units one after the other, named by their number from 0. */
    private static final class Group extends Layer {
        private final List<Layer> units = new ArrayList<>();

        void add(Layer unit) {
            units.add(addChildBlock(Integer.toString(units.size()), unit));
        }

        @Override
        NDArray apply(ParameterStore store, NDArray x, boolean training) {
            NDArray current = x;
            for (Layer unit : units) {
                NDArray next = unit.apply(store, current, training);
                if (current != x) {
                    current.close();
                }
                current = next;
            }
            return current;
        }
    }
}
