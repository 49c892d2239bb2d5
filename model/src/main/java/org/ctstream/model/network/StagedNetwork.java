package org.ctstream.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A classifier made of stages that run one after the other: standardised images, float32 (N, 3, H, W), to logits
 * (N, classes).
 *
 * <p>The images may lie in memory as (N, 3, H, W) or, faster on a processor, as (N, H, W, 3), an array of which the caller
 * gives the transposed view; every stage keeps the order it gets. Parameters have torchvision's names, see
 * {@link Parameters#byName}, and are the same for images of any size that the network's strides leave something of.
 *
 * <p>A stage is named by the prefix of its parameters. Operations without parameters belong to the stage before them: a
 * ReLU or pooling to the convolution or normalisation it follows, the last pooling and flattening to the last stage of the
 * features, so that the array before the classifier is (N, features). Only dropout belongs to the linear layer behind it.
 *
 * <h2>Thread safety</h2>
 *
 * Inference by several threads at once is safe, each with a ParameterStore of its own; training is not.
 */
public abstract class StagedNetwork extends AbstractBlock {
    private final String architecture;
    private final int classes;
    private final List<Stage> stages;

    StagedNetwork(String architecture, int classes, List<Stage> stages) {
        super((byte) 1);
        this.architecture = architecture;
        this.classes = classes;
        this.stages = List.copyOf(stages);
        this.stages.forEach(stage -> addChildBlock(stage.name(), stage.layer()));
    }

    /** A backbone and the linear layer behind it. */
    StagedNetwork(Backbone backbone, String lastLayer, int classes, double dropout) {
        this(
                backbone.name(),
                classes,
                Stream.concat(
                                backbone.stages().stream(),
                                Stream.of(Stage.linear(lastLayer, new Dense(backbone.features(), classes), dropout)))
                        .toList());
    }

    /** Name of the architecture, by which {@link Networks#named} makes it. */
    public final String architecture() {
        return architecture;
    }

    /** Length of the logits. */
    public final int classes() {
        return classes;
    }

    /** Names of the stages, in the order in which they run. */
    public final List<String> stages() {
        return stages.stream().map(Stage::name).toList();
    }

    /**
     * Runs some stages.
     *
     * @param x input of the first of them; stays open
     * @param fromStage index of the first stage
     * @param toStageExclusive index after the last stage
     * @param training whether normalisations that are not frozen take the batch's statistics, and dropout drops
     * @return output of the last of them, a new array of the input's manager
     * @throws IndexOutOfBoundsException if that is not a range of the network's stages, or an empty one
     */
    public final NDArray forward(
            ParameterStore store, NDArray x, int fromStage, int toStageExclusive, boolean training) {
        if (fromStage < 0 || fromStage >= toStageExclusive || toStageExclusive > stages.size()) {
            throw new IndexOutOfBoundsException(architecture + " has the stages 0 to " + stages.size()
                    + ", exclusive; asked for " + fromStage + " to " + toStageExclusive);
        }
        return ((ComputedValue) run(new ComputedValue(x, store, training), fromStage, toStageExclusive)).array();
    }

    /**
     * Logits, where what speaks for the positive class was seen, and the features that decided.
     *
     * @param x standardised images, float32 (N, 3, H, W); stays open
     */
    public final Answers answer(ParameterStore store, NDArray x) {
        ActivationMap.Result result = ActivationMap.run(this, new ComputedValue(x, store, false));
        return new Answers(
                ((ComputedValue) result.logits()).array(), array(result.evidence()), array(result.embedding()));
    }

    private static @Nullable NDArray array(@Nullable Value value) {
        return value == null ? null : ((ComputedValue) value).array();
    }

    /** Runs some stages; the input stays open, and is the result if there are none. */
    final Value run(Value x, int fromStage, int toStageExclusive) {
        Value current = x;
        for (Stage stage : stages.subList(fromStage, toStageExclusive)) {
            Value next;
            try {
                next = stage.step().apply(current);
            } finally {
                if (current != x) {
                    current.close();
                }
            }
            current = next;
        }
        return current;
    }

    final List<Stage> parts() {
        return stages;
    }

    @Override
    protected final NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> params) {
        return new NDList(forward(store, inputs.singletonOrThrow(), 0, stages.size(), training));
    }

    @Override
    public final Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {new Shape(inputShapes[0].get(0), classes)};
    }

    @Override
    protected final void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
        for (Block child : getChildren().values()) {
            child.initialize(manager, dataType, inputShapes);
        }
    }

    /** The block that has the parameters of a stage. */
    final Block stage(int index) {
        return stages.get(index).layer();
    }
}
