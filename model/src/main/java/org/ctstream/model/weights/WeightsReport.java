package org.ctstream.model.weights;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * How the weights that are there compare with the ones a network wants, by name, in the names' order.
 *
 * @param matched there, floating-point and with the network's shape
 * @param missing wanted but not there
 * @param misshaped there, but of another type or shape
 * @param leftOut there but not wanted, for example the {@code num_batches_tracked} of published networks
 */
public record WeightsReport(
        List<String> matched, List<String> missing, List<Misshaped> misshaped, List<String> leftOut) {

    /** A tensor whose shape or type is not the network's; both are written like {@code F32 [64, 3, 7, 7]}. */
    public record Misshaped(String tensor, String expected, String found) {}

    public WeightsReport {
        matched = List.copyOf(matched);
        missing = List.copyOf(missing);
        misshaped = List.copyOf(misshaped);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * Compares.
     *
     * @param wanted shape of each parameter the network has, all of them F32; other floating-point types are converted
     * @param found the weights there are
     */
    public static WeightsReport compare(SortedMap<String, List<Long>> wanted, Weights found) {
        List<String> matched = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        List<Misshaped> misshaped = new ArrayList<>();
        wanted.forEach((name, shape) -> {
            Tensor tensor = found.tensors().get(name);
            if (tensor == null) {
                missing.add(name);
            } else if (!tensor.type().isFloating() || !tensor.shape().equals(shape)) {
                misshaped.add(new Misshaped(name, ElementType.F32 + " " + shape, tensor.toString()));
            } else {
                matched.add(name);
            }
        });
        List<String> leftOut = found.tensors().keySet().stream()
                .filter(name -> !wanted.containsKey(name))
                .toList();
        return new WeightsReport(matched, missing, misshaped, leftOut);
    }

    /** Whether the network has everything it wants. */
    public boolean isComplete() {
        return missing.isEmpty() && misshaped.isEmpty();
    }

    /**
     * Refuses weights that leave a parameter of the network without a value.
     *
     * @param network name of the network, for the message
     * @throws WeightsException.Mismatch naming the first such tensor and how many there are
     */
    public void requireComplete(String network) {
        if (!misshaped.isEmpty()) {
            Misshaped first = misshaped.get(0);
            throw new WeightsException.Mismatch(
                    first.tensor(),
                    "weights do not fit " + network + ": tensor " + first.tensor() + " expected " + first.expected()
                            + ", found " + first.found() + "; " + summary());
        }
        if (!missing.isEmpty()) {
            throw new WeightsException.Mismatch(
                    missing.get(0),
                    "weights do not fit " + network + ": tensor " + missing.get(0) + " expected, found none; "
                            + summary());
        }
    }

    private String summary() {
        return matched.size() + " tensors match, " + missing.size() + " are missing, " + misshaped.size()
                + " have another shape or type, " + leftOut.size() + " are not the network's";
    }
}
