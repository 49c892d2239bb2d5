package org.ctstream.model.network;

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
        stages.add(new Stage("bn1", first, x -> stem(first, x)));
        int channels = INITIAL_FILTERS;
        for (int i = 0; i < units.size(); i++) {
            int filters = INITIAL_FILTERS << i;
            Group group = new Group();
            for (int unit = 0; unit < units.get(i); unit++) {
                group.add(maker.make(channels, filters, i > 0 && unit == 0 ? 2 : 1));
                channels = expansion * filters;
            }
            String stage = "layer" + (i + 1);
            stages.add(i + 1 < units.size() ? new Stage(stage, group) : Stage.averaged(stage, group, group::apply));
        }
        return new Backbone(name, stages, channels);
    }

    private static Value stem(Layer norm, Value x) {
        try (Value activated = Layers.normalizedRelu(norm, x)) {
            return activated.maxPooled(3, 2, 1);
        }
    }

    /** Units one after the other, named by their number from 0. */
    private static final class Group extends Layer {
        private final List<Layer> units = new ArrayList<>();

        void add(Layer unit) {
            units.add(addChildBlock(Integer.toString(units.size()), unit));
        }

        @Override
        Value apply(Value x) {
            Value current = x;
            for (Layer unit : units) {
                Value next = unit.apply(current);
                if (current != x) {
                    current.close();
                }
                current = next;
            }
            return current;
        }
    }
}
