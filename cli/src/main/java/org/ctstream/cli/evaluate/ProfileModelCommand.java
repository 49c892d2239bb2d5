package org.ctstream.cli.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.ctstream.cli.CliException;
import org.ctstream.cli.ExitCodes;
import org.ctstream.cli.stack.DataDirectory;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.Embedding;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.engine.EngineChoice;
import org.ctstream.model.engine.Engines;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.weights.WeightsException;
import org.ctstream.sink.drift.Bins;
import org.ctstream.sink.drift.EmbeddingReference;
import org.ctstream.sink.drift.ReferenceProfile;
import org.ctstream.trainer.dataset.Dataset;
import org.ctstream.trainer.dataset.DatasetException;
import org.ctstream.trainer.dataset.Datasets;
import org.ctstream.trainer.dataset.Split;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ctstream model profile}. */
@Command(
        name = "profile",
        description = {
            "Classifies the images a release was made on and writes how its probabilities are distributed there: what the"
                    + " sink compares each source with (drift). The file is called after the digest of the weights and"
                    + " belongs into the sink's drift.profiles.",
            ""
        },
        footer = {
            "",
            "Example: ctstream model profile --model densenet169:2.0.0 --data train.csv --images \"our training set\""
                    + " -o profiles/"
        })
public final class ProfileModelCommand implements Callable<Integer> {
    private static final int FEWEST_EMBEDDINGS = 40;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Option(
            names = "--data",
            paramLabel = "CSV",
            required = true,
            description = "List of the images, as evaluate takes it: the training set, best of all.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path data;

    @Option(
            names = "--images",
            paramLabel = "TEXT",
            description = "Which images these are, for people. Default: the list's file name.")
    private @Nullable String images;

    @Option(names = "--engine", paramLabel = "NAME", description = "Engine that runs the network, or auto.")
    private String engine = "pytorch";

    @Option(names = "--device", paramLabel = "DEVICE", description = "cpu, gpu, gpu:N or auto.")
    private String device = "cpu";

    @Option(names = "--threads", paramLabel = "N", description = "Threads of the engine; 0 lets it decide.")
    private int threads;

    @Option(names = "--batch", paramLabel = "N", description = "Slices the engine computes at once.")
    private int batch = 16;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            required = true,
            description = "Folder to write the file into; made if it is not there.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path output;

    @Override
    public Integer call() throws IOException {
        try (var scratch = DataDirectory.of(null)) {
            StoredRelease stored = model.load(scratch.path().resolve("models"));
            Dataset dataset = Datasets.fromCsv(
                    Map.of(Split.TEST, List.of(data)), scratch.path().resolve("images"));
            if (dataset.images(Split.TEST).isEmpty()) {
                throw CliException.usage("There is no usable image in " + data, null);
            }
            write(profile(stored, dataset));
            return ExitCodes.OK;
        } catch (DatasetException | ClassifierException | WeightsException e) {
            throw CliException.failure(String.valueOf(e.getMessage()), e);
        }
    }

    private ReferenceProfile profile(StoredRelease stored, Dataset dataset) {
        EngineChoice chosen = choice();
        var options = EngineOptions.defaults().withThreads(threads).withMaxBatch(batch);
        try (Classifier classifier = chosen.factory().open(stored, chosen.on(options))) {
            List<ScoredImage> scored = new SliceScorer(classifier, List.of(Flip.NONE)).score(dataset, Split.TEST);
            ModelRelease release = stored.release();
            return new ReferenceProfile(
                    release.name(),
                    release.version(),
                    release.sha256(),
                    images == null ? String.valueOf(data.getFileName()) : images,
                    Bins.ofProbabilities(scored.stream()
                            .filter(ScoredImage::isFinite)
                            .mapToDouble(ScoredImage::probability)
                            .toArray()),
                    embeddings(scored));
        } catch (IllegalArgumentException e) {
            throw CliException.failure("Cannot make a profile: " + e.getMessage(), e);
        }
    }

    /** Of too few images a mean direction says little. */
    private static @Nullable EmbeddingReference embeddings(List<ScoredImage> scored) {
        List<byte[]> embeddings = scored.stream()
                .map(ScoredImage::embedding)
                .filter(Objects::nonNull)
                .map(Embedding::bytes)
                .toList();
        return embeddings.size() < FEWEST_EMBEDDINGS ? null : EmbeddingReference.of(embeddings);
    }

    private EngineChoice choice() {
        try {
            return Engines.standard().choose(engine, device);
        } catch (IllegalArgumentException e) {
            throw CliException.usage("Cannot make a profile: " + e.getMessage(), e);
        }
    }

    private void write(ReferenceProfile profile) throws IOException {
        Files.createDirectories(output);
        Path file = Files.write(output.resolve(profile.fileName()), profile.write());
        var out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%s: %s:%s on %d images%n",
                file,
                profile.model(),
                profile.version(),
                profile.probabilities().total());
        out.flush();
    }
}
