package org.ctstream.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.List;

/**
 * A backbone that embeds images in a space where distance means likeness, and a linear classifier in that space.
 *
 * <p>Stages: those of the backbone without its classifier; {@code head}, three linear layers from the features over 1024
 * and 1024 to 512, ReLU between them and L2 normalisation behind; {@code classifier}, linear.
 */
public final class EmbeddingNetwork extends StagedNetwork {
    /** What the names of these architectures end with. */
    static final String SUFFIX = "-embedding";

    EmbeddingNetwork(Backbone backbone, int classes, double dropout) {
        super(backbone.name() + SUFFIX, classes, stages(backbone, classes, dropout));
    }

    private static List<Stage> stages(Backbone backbone, int classes, double dropout) {
        List<Stage> stages = new ArrayList<>(backbone.stages());
        stages.add(new Stage("head", new Head(backbone.features())));
        stages.add(Stage.linear("classifier", new Dense(Head.EMBEDDING, classes), dropout));
        return stages;
    }

    /** Index of the first stage behind the embedding: up to it, exclusive, the network embeds. */
    public int embeddingStage() {
        return stages().size() - 1;
    }

    /** Length of an embedding. */
    public int embeddingLength() {
        return Head.EMBEDDING;
    }

    /**
     * The embeddings of images.
     *
     * @param x standardised images, float32 (N, 3, H, W); stays open
     * @return float32 (N, {@link #embeddingLength}), rows of length 1
     */
    public NDArray embed(ParameterStore store, NDArray x, boolean training) {
        return forward(store, x, 0, embeddingStage(), training);
    }
}
