package org.ctstream.trainer.network;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ctstream.model.network.Freezing;
import org.ctstream.model.network.Networks;
import org.ctstream.model.network.Parameters;
import org.ctstream.model.network.StagedNetwork;
import org.ctstream.model.weights.Weights;
import org.ctstream.model.weights.WeightsReport;

/**
 * A network in training: seeded weights, stages that learn behind stages that do not.
 *
 * <p>Arrays between the stages are float32 and channels-last in memory, (N, C, H, W) by their shape.
 *
 * <h2>Thread safety</h2>
 * None; it belongs to the training thread.
 */
public final class TrainingNetwork implements AutoCloseable {
    /** Shapes of the parameters do not depend on it. */
    private static final Shape ANY_INPUT = new Shape(1, 3, 224, 224);

    private static final int IMAGE_AXES = 4;

    private static final String ENGINE = "PyTorch";

    private final Model model;
    private final StagedNetwork network;
    private final NDManager manager;
    private final ParameterStore store;
    private int firstTrainable;

    private TrainingNetwork(Model model, StagedNetwork network) {
        this.model = model;
        this.network = network;
        this.manager = model.getNDManager();
        this.store = new ParameterStore(manager, false);
        this.firstTrainable = 0;
    }

    /**
     * A network with seeded random weights, all stages trainable.
     *
     * @param architecture a name of {@link Networks}
     * @param dropout probability before the last linear layer, 0 for none
     */
    public static TrainingNetwork create(String architecture, int classes, float dropout, long seed, Device device) {
        Gradients.off();
        StagedNetwork network = Networks.named(architecture, classes, dropout);
        Model model = Model.newInstance(architecture, device, ENGINE);
        model.setBlock(network);
        network.initialize(model.getNDManager(), DataType.FLOAT32, ANY_INPUT);
        Parameters.load(network, architecture, InitialWeights.of(Parameters.shapes(network), seed));
        return new TrainingNetwork(model, network);
    }

    public StagedNetwork network() {
        return network;
    }

    public NDManager manager() {
        return manager;
    }

    /**
     * Goes on from weights of this very network.
     *
     * @throws org.ctstream.model.weights.WeightsException.Mismatch if one of its parameters has none; nothing is changed
     *     then
     */
    public void restore(Weights weights) {
        Parameters.load(network, network.architecture(), weights);
    }

    /** Loads what fits by name and shape and leaves the rest as it is. */
    public WeightsReport load(Weights weights) {
        return Parameters.loadMatching(network, weights);
    }

    /** Copies all parameters out. */
    public Weights weights() {
        return Parameters.save(network);
    }

    /** Lets these stages learn and no others; normalisations of the others keep to their running statistics. */
    public void trainOnly(Set<String> stages) {
        Freezing.apply(network, stages);
        firstTrainable = Freezing.firstTrainable(network);
    }

    /** The parameters that learn, by name. */
    public SortedMap<String, Parameter> trainable() {
        SortedMap<String, Parameter> trainable = new TreeMap<>(parameters());
        trainable.values().removeIf(parameter -> !parameter.requiresGradient());
        return trainable;
    }

    /** All parameters, running statistics included, by name. */
    public SortedMap<String, Parameter> parameters() {
        return Parameters.byName(network);
    }

    /** What moves in training, by name: all parameters, running statistics included, of the stages that learn. */
    public SortedMap<String, Parameter> moving() {
        List<String> prefixes =
                Freezing.trainable(network).stream().map(stage -> stage + ".").toList();
        SortedMap<String, Parameter> moving = new TreeMap<>(parameters());
        moving.keySet().removeIf(name -> prefixes.stream().noneMatch(name::startsWith));
        return moving;
    }

    /** Whether everything that moves is still a finite number. */
    public boolean isFinite() {
        return moving().values().stream().allMatch(parameter -> isFinite(parameter.getArray()));
    }

    /** Makes what the engine draws from here on, which is dropout, depend on this seed alone. */
    public void seedEngine(long seed) {
        Engine.getEngine(ENGINE).setRandomSeed(Long.hashCode(seed));
    }

    /** Index of the first stage that learns; the ones before it are the frozen prefix. */
    public int firstTrainable() {
        return firstTrainable;
    }

    /** Names of the frozen prefix's stages. */
    public List<String> frozenPrefix() {
        return network.stages().subList(0, firstTrainable);
    }

    /**
     * An array on the network's device, channels-last in memory.
     *
     * @param values float32, in the machine's byte order, direct; not written to while the array lives
     * @param shape (N, H, W, C), or (N, features) behind the last pooling
     * @return (N, C, H, W) or (N, features), owned by the caller
     */
    public NDArray input(ByteBuffer values, Shape shape, NDManager owner) {
        NDArray array = owner.create(values, shape, DataType.FLOAT32);
        if (shape.dimension() != IMAGE_AXES) {
            return array;
        }
        try (array) {
            return array.transpose(0, 3, 1, 2);
        }
    }

    /** Runs stages from one index up to another, exclusive; no stages give the input itself, which stays the caller's. */
    public NDArray run(NDArray x, int from, int to, boolean training) {
        return from == to ? x : network.forward(store, x, from, to, training);
    }

    private static boolean isFinite(NDArray values) {
        // The largest of some numbers and a NaN is a NaN.
        try (NDArray magnitudes = values.abs();
                NDArray largest = magnitudes.max()) {
            return Float.isFinite(largest.getFloat());
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
