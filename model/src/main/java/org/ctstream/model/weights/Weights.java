package org.ctstream.model.weights;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A network's parameters by name, with notes about them. Immutable.
 *
 * @param metadata notes that travel in the file, by key
 * @param tensors parameters by name, for example {@code features.conv0.weight}
 */
public record Weights(SortedMap<String, String> metadata, SortedMap<String, Tensor> tensors) {
    public Weights {
        metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
        tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
    }

    public Weights(Map<String, String> metadata, Map<String, Tensor> tensors) {
        this(new TreeMap<>(metadata), new TreeMap<>(tensors));
    }

    /**
     * One tensor.
     *
     * @throws WeightsException.Mismatch if there is none of this name
     */
    public Tensor tensor(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new WeightsException.Mismatch(
                    name, "there is no tensor " + name + " among the " + tensors.size() + " of these weights");
        }
        return tensor;
    }

    /**
     * These weights in about half the space, for releases: kernels and matrices of floating-point numbers in F16. Vectors,
     * which are the normalisations and biases, stay as they are, because they are few and their statistics may lie beyond
     * its range; so does any tensor with a number that does.
     */
    public Weights toF16() {
        SortedMap<String, Tensor> halved = new TreeMap<>(tensors);
        halved.replaceAll((name, tensor) -> halved(tensor));
        return new Weights(metadata, halved);
    }

    private static Tensor halved(Tensor tensor) {
        if (tensor.shape().size() < 2 || !tensor.type().isFloating() || !Half.holds(tensor.toFloats())) {
            return tensor;
        }
        return tensor.toF16();
    }

    /** SHA-256 of the file that {@link SafeTensors#write} makes of these weights, lower-case hexadecimal. */
    public String sha256() {
        try (DigestOutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), Sha256.digest())) {
            SafeTensors.write(this, out);
            return Sha256.hex(out.getMessageDigest());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot happen: nothing is written", e);
        }
    }
}
