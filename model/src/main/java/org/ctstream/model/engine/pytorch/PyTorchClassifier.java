package org.ctstream.model.engine.pytorch;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.Embedding;
import org.ctstream.model.classify.EngineDescription;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.classify.Prediction;
import org.ctstream.model.classify.Predictions;
import org.ctstream.model.classify.SliceBatch;
import org.ctstream.model.engine.support.BatchCheck;
import org.ctstream.model.engine.support.CloseGate;
import org.ctstream.model.network.Answers;
import org.ctstream.model.network.Parameters;
import org.ctstream.model.network.StagedNetwork;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.weights.Weights;
import org.jspecify.annotations.Nullable;

/** A network of DJL blocks on PyTorch, with a memory manager of its own for every batch. */
final class PyTorchClassifier implements Classifier {
    private final CloseGate gate = new CloseGate("the classifier of engine " + PyTorchClassifiers.NAME);
    private final NDManager manager;
    private final StagedNetwork network;
    private final GreyInput input;
    private final ModelRelease release;
    private final EngineDescription engine;
    private final int maxBatch;

    private PyTorchClassifier(
            NDManager manager, StagedNetwork network, ModelRelease release, EngineDescription engine, int maxBatch) {
        this.manager = manager;
        this.network = network;
        this.input = new GreyInput(manager, release);
        this.release = release;
        this.engine = engine;
        this.maxBatch = maxBatch;
    }

    /**
     * Loads weights into a network and gets it ready.
     *
     * @param network a fresh network, standardised images (N, 3, H, W) to two logits; owned by the classifier from now on
     */
    static PyTorchClassifier open(StagedNetwork network, ModelRelease release, Weights weights, EngineOptions options) {
        PyTorchRuntime runtime = PyTorchRuntime.load();
        ai.djl.Device device = runtime.device(options.device());
        int threads = runtime.useThreads(options.threads());
        EngineDescription engine = new EngineDescription(
                PyTorchClassifiers.NAME, options.device(), runtime.engine().getVersion(), threads);
        NDManager manager = runtime.engine().newBaseManager(device);
        boolean opened = false;
        try {
            load(network, manager, release, weights);
            PyTorchClassifier classifier = new PyTorchClassifier(manager, network, release, engine, options.maxBatch());
            opened = true;
            return classifier;
        } catch (EngineException e) {
            throw PyTorchFailures.onOpening(e, release.id(), engine);
        } finally {
            if (!opened) {
                manager.close();
            }
        }
    }

    private static void load(StagedNetwork network, NDManager manager, ModelRelease release, Weights weights) {
        // Every value is overwritten by the weights; drawing random ones first would take half a second.
        Predicate<Parameter> every = parameter -> true;
        network.setInitializer(Initializer.ZEROS, every);
        network.initialize(
                manager, DataType.FLOAT32, new Shape(1, ModelRelease.CHANNELS, release.height(), release.width()));
        network.freezeParameters(true);
        Parameters.load(network, release.architecture(), weights);
    }

    @Override
    public List<Prediction> classify(SliceBatch batch) {
        return gate.pass(() -> {
            BatchCheck.check(batch, release, maxBatch);
            try (GradMode off = GradMode.off()) {
                return answer(batch, PyTorchClassifier::predictions);
            } catch (RuntimeException e) {
                throw PyTorchFailures.onClassifying(e, batch.size(), engine);
            }
        });
    }

    private static List<Prediction> predictions(Answers answers) {
        float[] logits = answers.logits().toFloatArray();
        NDArray evidence = answers.evidence();
        IntFunction<@Nullable Embedding> embedding = embeddings(answers.embedding());
        return evidence == null
                ? Predictions.of(logits, null, 0, 0, embedding)
                : Predictions.of(
                        logits,
                        evidence.toFloatArray(),
                        Math.toIntExact(evidence.getShape().get(1)),
                        Math.toIntExact(evidence.getShape().get(2)),
                        embedding);
    }

    private static IntFunction<@Nullable Embedding> embeddings(@Nullable NDArray found) {
        if (found == null) {
            return slice -> null;
        }
        int length = Math.toIntExact(found.getShape().get(1));
        float[] features = found.toFloatArray();
        return slice -> Embedding.ofFeatures(features, slice * length, length);
    }

    /** Logits of the batch as they are classified by, slice by slice: negative, positive. */
    float[] logits(SliceBatch batch) {
        return answer(batch, answers -> answers.logits().toFloatArray());
    }

    private <T> T answer(SliceBatch batch, Function<Answers, T> read) {
        try (NDManager call = manager.newSubManager();
                NDArray images = input.standardised(batch, call);
                Answers answers = network.answer(new ParameterStore(call, false), images)) {
            return read.apply(answers);
        }
    }

    @Override
    public ModelRelease release() {
        return release;
    }

    @Override
    public EngineDescription engine() {
        return engine;
    }

    @Override
    public int maxBatchSize() {
        return maxBatch;
    }

    @Override
    public void close() {
        gate.close(manager::close);
    }
}
