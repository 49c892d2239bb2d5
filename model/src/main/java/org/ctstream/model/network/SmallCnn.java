package org.ctstream.model.network;

import java.util.ArrayList;
import java.util.List;

/**
 * A network of 24 thousand parameters that learns in seconds, to check a pipeline with. Stages {@code layer1} to
 * {@code layer3}, each a convolution, normalisation, ReLU and pooling, the last with global pooling; {@code fc}.
 */
final class SmallCnn extends StagedNetwork {
    private static final List<Integer> CHANNELS = List.of(3, 16, 32, 64);

    SmallCnn(int classes, double dropout) {
        super(backbone(), "fc", classes, dropout);
    }

    private static Backbone backbone() {
        List<Stage> stages = new ArrayList<>();
        for (int i = 1; i < CHANNELS.size(); i++) {
            Unit unit = new Unit(CHANNELS.get(i - 1), CHANNELS.get(i));
            String name = "layer" + i;
            stages.add(i + 1 < CHANNELS.size() ? new Stage(name, unit) : Stage.averaged(name, unit, unit::apply));
        }
        return new Backbone("small-cnn", stages, CHANNELS.get(CHANNELS.size() - 1));
    }

    private static final class Unit extends Layer {
        private final Layer conv;
        private final Layer norm;

        Unit(int channels, int filters) {
            conv = addChildBlock("conv", Convolution.of(channels, filters, 3, 1, 1));
            norm = addChildBlock("norm", new BatchNormalization(filters));
        }

        @Override
        Value apply(Value x) {
            try (Value activated = Layers.activated(conv, norm, x)) {
                return activated.maxPooled(2, 2, 0);
            }
        }
    }
}
