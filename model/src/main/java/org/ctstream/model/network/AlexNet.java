package org.ctstream.model.network;

import java.util.ArrayList;
import java.util.List;

/**
 * AlexNet in torchvision's version. Stages {@code features.0}, {@code .3}, {@code .6}, {@code .8}, {@code .10}, each a
 * convolution with its ReLU and pooling; {@code classifier.1}, {@code .4}, {@code .6}, the linear layers.
 *
 * @see "Krizhevsky, One weird trick for parallelizing convolutional neural networks, 2014"
 */
final class AlexNet extends StagedNetwork {
    private static final double HIDDEN_DROPOUT = 0.5;
    private static final int HIDDEN = 4096;
    private static final int LAST_FILTERS = 256;
    /** Side of the feature map that the linear layers take, whatever the size of the images. */
    private static final int LAST_SIDE = 6;

    private static final int POOLED = 3;

    AlexNet(int classes, double dropout) {
        super("alexnet", classes, stages(classes, dropout));
    }

    private static List<Stage> stages(int classes, double dropout) {
        double hiddenDropout = dropout == 0 ? 0 : HIDDEN_DROPOUT;
        List<Stage> stages = new ArrayList<>();
        stages.add(reduced("features.0", Convolution.withBias(3, 64, 11, 4, 2)));
        stages.add(reduced("features.3", Convolution.withBias(64, 192, 5, 1, 2)));
        stages.add(activated("features.6", Convolution.withBias(192, 384, 3, 1, 1)));
        stages.add(activated("features.8", Convolution.withBias(384, LAST_FILTERS, 3, 1, 1)));
        stages.add(flattened("features.10", Convolution.withBias(LAST_FILTERS, LAST_FILTERS, 3, 1, 1)));
        stages.add(hidden("classifier.1", new Dense(LAST_FILTERS * LAST_SIDE * LAST_SIDE, HIDDEN), hiddenDropout));
        stages.add(hidden("classifier.4", new Dense(HIDDEN, HIDDEN), hiddenDropout));
        stages.add(Stage.linear("classifier.6", new Dense(HIDDEN, classes), dropout));
        return stages;
    }

    private static Stage activated(String name, Layer convolution) {
        return new Stage(name, convolution, x -> Layers.activated(convolution, x));
    }

    private static Stage reduced(String name, Layer convolution) {
        return new Stage(name, convolution, x -> reduced(convolution, x));
    }

    private static Stage flattened(String name, Layer convolution) {
        return new Stage(name, convolution, x -> {
            try (Value map = reduced(convolution, x)) {
                return map.averagedTo(LAST_SIDE);
            }
        });
    }

    private static Stage hidden(String name, Dense linear, double dropout) {
        return new Stage(name, linear, x -> {
            try (Value sums = Layers.linear(linear, dropout, x)) {
                return sums.relu();
            }
        });
    }

    private static Value reduced(Layer convolution, Value x) {
        try (Value activated = Layers.activated(convolution, x)) {
            return activated.maxPooled(POOLED, 2, 0);
        }
    }
}
