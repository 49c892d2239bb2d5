package org.ctstream.model.network;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The numbers that make a DenseNet-BC, and from them the name and shape of each of its parameters.
 *
 * <p>Names and shapes are torchvision's, for example {@code features.denseblock1.denselayer1.norm1.weight}, so that
 * published weights load. Convolutions have no bias; kernels are (filters, channels, rows, columns).
 *
 * @param name name of the architecture in manifests
 * @param growth channels that each dense layer adds
 * @param blocks dense layers of each of the four dense blocks
 * @param initialFeatures channels of the first convolution
 * @param classes outputs of the classifier
 * @see "Huang et al., Densely Connected Convolutional Networks, CVPR 2017, table 1"
 */
public record DenseNetLayout(String name, int growth, List<Integer> blocks, int initialFeatures, int classes) {
    /** Channels of the input. */
    public static final int INPUT_CHANNELS = 3;

    /** The 1x1 convolution of a dense layer has this many times the growth as filters. */
    static final int BOTTLENECK = 4;

    public DenseNetLayout {
        blocks = List.copyOf(blocks);
        if (growth < 1
                || initialFeatures < 1
                || classes < 1
                || blocks.isEmpty()
                || blocks.stream().anyMatch(n -> n < 1)) {
            throw new IllegalArgumentException("a DenseNet needs positive sizes, found growth " + growth + ", blocks "
                    + blocks + ", initial features " + initialFeatures + ", classes " + classes);
        }
    }

    /** DenseNet121 with this many outputs. */
    public static DenseNetLayout denseNet121(int classes) {
        return new DenseNetLayout("densenet121", 32, List.of(6, 12, 24, 16), 64, classes);
    }

    /** DenseNet161, the widest, with this many outputs. */
    public static DenseNetLayout denseNet161(int classes) {
        return new DenseNetLayout("densenet161", 48, List.of(6, 12, 36, 24), 96, classes);
    }

    /** DenseNet169 with this many outputs. */
    public static DenseNetLayout denseNet169(int classes) {
        return new DenseNetLayout("densenet169", 32, List.of(6, 12, 32, 32), 64, classes);
    }

    /** Channels that go into a dense block, counted from 0. */
    int channelsInto(int block) {
        int channels = initialFeatures;
        for (int i = 0; i < block; i++) {
            channels = (channels + blocks.get(i) * growth) / 2;
        }
        return channels;
    }

    /** Channels that come out of a dense block, counted from 0, before the transition halves them. */
    int channelsOutOf(int block) {
        return channelsInto(block) + blocks.get(block) * growth;
    }

    /** Channels of the last feature map, which the classifier takes after pooling. */
    public int features() {
        return channelsOutOf(blocks.size() - 1);
    }

    /** Shape of every parameter by name, the normalisations' running statistics among them. */
    public SortedMap<String, List<Long>> parameters() {
        Shapes shapes = new Shapes();
        shapes.convolution("features.conv0", initialFeatures, INPUT_CHANNELS, 7);
        shapes.normalisation("features.norm0", initialFeatures);
        for (int block = 0; block < blocks.size(); block++) {
            for (int layer = 0; layer < blocks.get(block); layer++) {
                String prefix = "features.denseblock" + (block + 1) + ".denselayer" + (layer + 1);
                shapes.denseLayer(prefix, channelsInto(block) + layer * growth, growth);
            }
            if (block + 1 < blocks.size()) {
                String prefix = "features.transition" + (block + 1);
                shapes.normalisation(prefix + ".norm", channelsOutOf(block));
                shapes.convolution(prefix + ".conv", channelsInto(block + 1), channelsOutOf(block), 1);
            }
        }
        shapes.normalisation("features.norm" + (blocks.size() + 1), features());
        shapes.linear("classifier", classes, features());
        return shapes.byName;
    }

    private static final class Shapes {
        private final SortedMap<String, List<Long>> byName = new TreeMap<>();

        void convolution(String prefix, long filters, long channels, long kernel) {
            byName.put(prefix + ".weight", List.of(filters, channels, kernel, kernel));
        }

        void normalisation(String prefix, long channels) {
            for (String parameter : BatchNormalization.PARAMETERS) {
                byName.put(prefix + "." + parameter, List.of(channels));
            }
        }

        void denseLayer(String prefix, long channels, long growth) {
            normalisation(prefix + ".norm1", channels);
            convolution(prefix + ".conv1", BOTTLENECK * growth, channels, 1);
            normalisation(prefix + ".norm2", BOTTLENECK * growth);
            convolution(prefix + ".conv2", growth, BOTTLENECK * growth, 3);
        }

        void linear(String prefix, long outputs, long inputs) {
            byName.put(prefix + ".weight", List.of(outputs, inputs));
            byName.put(prefix + ".bias", List.of(outputs));
        }
    }
}
