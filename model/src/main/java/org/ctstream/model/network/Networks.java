package org.ctstream.model.network;

import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.ctstream.model.names.NearestName;

/**
 * The networks there are, by the name of their architecture. A name that ends with {@code -embedding} is that of an
 * {@link EmbeddingNetwork}.
 */
public final class Networks {
    private static final SortedMap<String, Maker> MAKERS = makers();

    private Networks() {}

    @FunctionalInterface
    private interface Maker {
        StagedNetwork make(int classes, double dropout);
    }

    /** Names of the architectures, in order. */
    public static Set<String> names() {
        return Collections.unmodifiableSet(MAKERS.keySet());
    }

    /** A network without dropout, not yet initialised; see {@link #named(String, int, double)}. */
    public static StagedNetwork named(String architecture, int classes) {
        return named(architecture, classes, 0);
    }

    /**
     * A network, not yet initialised.
     *
     * @param classes length of its logits
     * @param dropout probability of dropping an input of the last linear layer in training, from 0 to below 1. AlexNet has
     *     two more linear layers, whose dropout is torchvision's, one half, unless this is 0; then they have none either.
     * @throws IllegalArgumentException if there is no such architecture, naming the likeliest, or a number is out of range
     */
    public static StagedNetwork named(String architecture, int classes, double dropout) {
        Maker maker = MAKERS.get(architecture);
        if (maker == null) {
            String suggestion = NearestName.to(architecture, names())
                    .map(nearest -> "; did you mean " + nearest + "?")
                    .orElse("");
            throw new IllegalArgumentException(
                    "unknown architecture '" + architecture + "', expected one of " + names() + suggestion);
        }
        if (classes < 1) {
            throw new IllegalArgumentException(architecture + " needs at least one class, found " + classes);
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException(
                    architecture + " needs a dropout probability from 0 to below 1, found " + dropout);
        }
        return maker.make(classes, dropout);
    }

    private static SortedMap<String, Maker> makers() {
        SortedMap<String, Maker> makers = new TreeMap<>();
        makers.put("alexnet", AlexNet::new);
        makers.put("small-cnn", SmallCnn::new);
        makers.put("resnet18", (classes, dropout) -> new ResNet(ResNet.resNet18(), classes, dropout));
        makers.put("resnet50", (classes, dropout) -> new ResNet(ResNet.resNet50(), classes, dropout));
        makers.put("resnet18-embedding", (c, dropout) -> new EmbeddingNetwork(ResNet.resNet18(), c, dropout));
        makers.put("resnet50-embedding", (c, dropout) -> new EmbeddingNetwork(ResNet.resNet50(), c, dropout));
        put(makers, "densenet121", DenseNetLayout::denseNet121);
        put(makers, "densenet161", DenseNetLayout::denseNet161);
        put(makers, "densenet169", DenseNetLayout::denseNet169);
        return makers;
    }

    private static void put(SortedMap<String, Maker> makers, String name, IntFunction<DenseNetLayout> layout) {
        makers.put(name, (classes, dropout) -> new DenseNet(layout.apply(classes), dropout));
        makers.put(
                name + EmbeddingNetwork.SUFFIX,
                (classes, dropout) -> new EmbeddingNetwork(DenseNet.backbone(layout.apply(classes)), classes, dropout));
    }
}
