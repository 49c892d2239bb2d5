package org.ctstream.trainer.optimize;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ctstream.model.weights.Tensor;
import org.ctstream.model.weights.Weights;

/**
 * Moves the trainable parameters of a network by an update rule and keeps what the rule remembers, so that it can be
 * saved: DJL's own optimisers hide theirs, and a resumed run would start with cold momentum.
 *
 * <h2>Thread safety</h2>
 * None; it belongs to the training thread, and works outside a gradient collector.
 */
public final class Optimizer implements AutoCloseable {
    private final UpdateRule rule;
    private final SortedMap<String, Parameter> trainable;
    private final SortedMap<String, List<NDArray>> slots = new TreeMap<>();
    private final NDManager manager;
    private long updates;

    /**
     * @param manager parent of what the rule remembers
     * @param trainable the parameters to move, by name, all requiring gradients
     */
    public Optimizer(NDManager manager, SortedMap<String, Parameter> trainable, UpdateRule rule) {
        this.manager = manager.newSubManager();
        this.rule = rule;
        this.trainable = new TreeMap<>(trainable);
        trainable.forEach((name, parameter) -> slots.put(name, zeros(parameter)));
    }

    /** Updates done so far, also before a resume. */
    public long updates() {
        return updates;
    }

    /** Moves every parameter along its gradient and sets the gradients to zero. */
    public void step(double learningRate) {
        updates++;
        trainable.forEach((name, parameter) -> {
            NDArray weight = parameter.getArray();
            // Each call makes a new handle on the one gradient.
            try (NDArray gradient = weight.getGradient()) {
                rule.update(weight, gradient, slots(name), (float) learningRate, updates);
                gradient.muli(0f);
            }
        });
    }

    /** Everything the rule remembers, as {@code <parameter>/<slot>}, and the number of updates in the notes. */
    public Weights state() {
        Map<String, Tensor> tensors = new TreeMap<>();
        trainable.keySet().forEach(name -> {
            for (int i = 0; i < rule.slots().size(); i++) {
                NDArray slot = slots(name).get(i);
                List<Long> shape = new ArrayList<>();
                for (long length : slot.getShape().getShape()) {
                    shape.add(length);
                }
                tensors.put(key(name, i), Tensor.ofFloats(shape, slot.toFloatArray()));
            }
        });
        return new Weights(Map.of("updates", Long.toString(updates), "rule", rule.toString()), tensors);
    }

    /**
     * Goes on from a state.
     *
     * @throws IllegalArgumentException if it is that of another rule or of other parameters
     */
    public void restore(Weights state) {
        if (!rule.toString().equals(state.metadata().get("rule"))) {
            throw new IllegalArgumentException(
                    "the optimiser's state is that of " + state.metadata().get("rule") + ", but this phase uses " + rule
                            + "; resume with the settings the phase began with");
        }
        trainable.keySet().forEach(name -> {
            for (int i = 0; i < rule.slots().size(); i++) {
                Tensor tensor = state.tensor(key(name, i));
                NDArray slot = slots(name).get(i);
                try (NDArray saved = manager.create(tensor.toFloats(), slot.getShape())) {
                    saved.copyTo(slot);
                }
            }
        });
        updates = Long.parseLong(state.metadata().getOrDefault("updates", "0"));
    }

    @Override
    public void close() {
        manager.close();
    }

    private String key(String parameter, int slot) {
        return parameter + "/" + rule.slots().get(slot);
    }

    private List<NDArray> slots(String parameter) {
        return slots.getOrDefault(parameter, List.of());
    }

    private List<NDArray> zeros(Parameter parameter) {
        return rule.slots().stream()
                .map(slot -> manager.zeros(parameter.getArray().getShape()))
                .toList();
    }
}
