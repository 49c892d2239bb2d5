package org.ctstream.model.network;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Convolutions and a shortcut past them, added: (N, channels, H, W) to (N, outputs, H/stride, W/stride). The shortcut is
 * the input itself, or a 1x1 convolution of it where the shapes differ.
 */
final class ResidualUnit extends Layer {
    /** Filters of a bottleneck's last convolution per filter of its others. */
    static final int EXPANSION = 4;

    private final List<Layer> convolutions = new ArrayList<>();
    private final List<Layer> normalizations = new ArrayList<>();
    private final @Nullable Downsample downsample;

    private ResidualUnit(@Nullable Downsample downsample) {
        this.downsample = downsample;
    }

    /** Two 3x3 convolutions, ResNet18's. */
    static ResidualUnit basic(int channels, int filters, int stride) {
        ResidualUnit unit = new ResidualUnit(Downsample.ifNeeded(channels, filters, stride));
        unit.add(Convolution.of(channels, filters, 3, stride, 1), filters);
        unit.add(Convolution.of(filters, filters, 3, 1, 1), filters);
        return unit.complete();
    }

    /** 1x1, 3x3 with the stride, 1x1: ResNet50's in torchvision's version. */
    static ResidualUnit bottleneck(int channels, int filters, int stride) {
        int outputs = EXPANSION * filters;
        ResidualUnit unit = new ResidualUnit(Downsample.ifNeeded(channels, outputs, stride));
        unit.add(Convolution.of(channels, filters, 1, 1, 0), filters);
        unit.add(Convolution.of(filters, filters, 3, stride, 1), filters);
        unit.add(Convolution.of(filters, outputs, 1, 1, 0), outputs);
        return unit.complete();
    }

    private void add(Layer convolution, int filters) {
        int number = convolutions.size() + 1;
        convolutions.add(addChildBlock("conv" + number, convolution));
        normalizations.add(addChildBlock("bn" + number, new BatchNormalization(filters)));
    }

    private ResidualUnit complete() {
        if (downsample != null) {
            addChildBlock("downsample", downsample);
        }
        return this;
    }

    @Override
    Value apply(Value x) {
        try (Value residual = residual(x)) {
            if (downsample == null) {
                return residual.plusInPlace(x).relu();
            }
            try (Value shortcut = downsample.apply(x)) {
                return residual.plusInPlace(shortcut).relu();
            }
        }
    }

    private Value residual(Value x) {
        Value current = x;
        int last = convolutions.size() - 1;
        for (int i = 0; i < last; i++) {
            Value next = Layers.activated(convolutions.get(i), normalizations.get(i), current);
            if (current != x) {
                current.close();
            }
            current = next;
        }
        try (Value before = current) {
            return Layers.normalized(convolutions.get(last), normalizations.get(last), before);
        }
    }

    /** A shortcut that changes the shape. */
    private static final class Downsample extends Layer {
        private final Layer conv;
        private final Layer norm;

        private Downsample(int channels, int outputs, int stride) {
            conv = addChildBlock("0", Convolution.of(channels, outputs, 1, stride, 0));
            norm = addChildBlock("1", new BatchNormalization(outputs));
        }

        static @Nullable Downsample ifNeeded(int channels, int outputs, int stride) {
            return channels == outputs && stride == 1 ? null : new Downsample(channels, outputs, stride);
        }

        @Override
        Value apply(Value x) {
            return Layers.normalized(conv, norm, x);
        }
    }
}
