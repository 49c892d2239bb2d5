package org.ctstream.model.graph.quantized;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ctstream.model.weights.Tensor;
import org.ctstream.model.weights.Weights;
import org.ctstream.model.weights.WeightsException;

/**
 * What calibration measured: the range of every value that is computed with in 8 bits. Immutable.
 *
 * <p>Ranges travel among a release's tensors, F32 (2, channels) with the lows before the highs, each named
 * {@value #PREFIX} and the value's name. They are part of what the weights' digest covers: a release with ranges is an INT8
 * release and never the float one it was made of.
 *
 * @param byValue range by the value's name in the recorded graph
 */
public record Ranges(SortedMap<String, ChannelRange> byValue) {
    /** How the tensors' names begin. */
    public static final String PREFIX = "quantization.";

    private static final int LOW_AND_HIGH = 2;

    public Ranges {
        byValue = Collections.unmodifiableSortedMap(new TreeMap<>(byValue));
    }

    /** Whether these weights belong to an INT8 release. */
    public static boolean areIn(Weights weights) {
        return weights.tensors().keySet().stream().anyMatch(name -> name.startsWith(PREFIX));
    }

    /**
     * The ranges among the weights; empty if this is a float release.
     *
     * @throws WeightsException.Mismatch if there are some that make no sense
     */
    public static Optional<Ranges> of(Weights weights) {
        SortedMap<String, ChannelRange> found = new TreeMap<>();
        weights.tensors().forEach((name, tensor) -> {
            if (name.startsWith(PREFIX)) {
                found.put(name.substring(PREFIX.length()), read(name, tensor));
            }
        });
        return found.isEmpty() ? Optional.empty() : Optional.of(new Ranges(found));
    }

    /** These weights and the ranges, with the notes. */
    public Weights addedTo(Weights weights, Map<String, String> notes) {
        SortedMap<String, String> metadata = new TreeMap<>(weights.metadata());
        metadata.putAll(notes);
        SortedMap<String, Tensor> tensors = new TreeMap<>(weights.tensors());
        byValue.forEach((value, range) -> tensors.put(PREFIX + value, write(range)));
        return new Weights(metadata, tensors);
    }

    private static Tensor write(ChannelRange range) {
        float[] values = new float[LOW_AND_HIGH * range.channels()];
        System.arraycopy(range.low(), 0, values, 0, range.channels());
        System.arraycopy(range.high(), 0, values, range.channels(), range.channels());
        return Tensor.ofFloats(List.of((long) LOW_AND_HIGH, (long) range.channels()), values);
    }

    private static ChannelRange read(String name, Tensor tensor) {
        List<Long> shape = tensor.shape();
        if (!tensor.type().isFloating() || shape.size() != 2 || shape.get(0) != LOW_AND_HIGH) {
            throw new WeightsException.Mismatch(
                    name, "tensor " + name + " is no calibrated range: expected F32 [2, channels], found " + tensor);
        }
        float[] values = tensor.toFloats();
        int channels = values.length / LOW_AND_HIGH;
        float[] low = new float[channels];
        float[] high = new float[channels];
        System.arraycopy(values, 0, low, 0, channels);
        System.arraycopy(values, channels, high, 0, channels);
        try {
            return new ChannelRange(low, high);
        } catch (IllegalArgumentException e) {
            throw new WeightsException.Mismatch(name, "tensor " + name + " is no calibrated range: " + e.getMessage());
        }
    }
}
