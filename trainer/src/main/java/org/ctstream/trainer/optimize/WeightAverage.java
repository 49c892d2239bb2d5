package org.ctstream.trainer.optimize;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ctstream.model.weights.Weights;

/**
 * The exponential moving average of what moves in a network, running statistics included, which generalises better than
 * the weights of any one update.
 *
 * <h2>Thread safety</h2>
 * None; it belongs to the training thread.
 *
 * @see "Polyak and Juditsky, Acceleration of stochastic approximation by averaging, 1992"
 */
public final class WeightAverage implements AutoCloseable {
    private final double decay;
    private final NDManager manager;
    private final SortedMap<String, Parameter> parameters;
    private final SortedMap<String, NDArray> averages = new TreeMap<>();
    private long updates;

    /**
     * @param parameters everything that moves in training, running statistics included
     * @param decay share of the old average kept at each update, 0 to below 1; less at first, so that the beginning is
     *     forgotten soon
     */
    public WeightAverage(NDManager parent, SortedMap<String, Parameter> parameters, double decay) {
        this.decay = decay;
        this.manager = parent.newSubManager();
        this.parameters = parameters;
        parameters.forEach((name, parameter) -> averages.put(name, copy(parameter)));
    }

    /** Takes the weights after an update into the average. */
    public void update() {
        updates++;
        float kept = (float) Math.min(decay, (1.0 + updates) / (10.0 + updates));
        averages.forEach((name, average) -> {
            try (NDArray fresh = array(name).mul(1 - kept)) {
                average.muli(kept).addi(fresh);
            }
        });
    }

    /** Exchanges the network's weights and the average; twice is as if nothing had happened. */
    public void swap() {
        averages.forEach((name, average) -> {
            try (NDArray kept = average.duplicate()) {
                array(name).copyTo(average);
                kept.copyTo(array(name));
            }
        });
    }

    /** Goes on from a saved average, which has at least these parameters. */
    public void restore(Weights saved, long updatesDone) {
        averages.forEach((name, average) -> {
            try (NDArray array = manager.create(saved.tensor(name).toFloats(), average.getShape())) {
                array.copyTo(average);
            }
        });
        updates = updatesDone;
    }

    @Override
    public void close() {
        manager.close();
    }

    private NDArray array(String name) {
        Parameter parameter = parameters.get(name);
        if (parameter == null) {
            throw new IllegalStateException("no parameter " + name);
        }
        return parameter.getArray();
    }

    private NDArray copy(Parameter parameter) {
        NDArray copy = parameter.getArray().duplicate();
        copy.attach(manager);
        copy.setRequiresGradient(false);
        return copy;
    }
}
