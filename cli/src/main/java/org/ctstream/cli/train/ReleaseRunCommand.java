package org.ctstream.cli.train;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.ctstream.cli.ExitCodes;
import org.ctstream.cli.connect.Connection;
import org.ctstream.cli.connect.StoreOption;
import org.ctstream.cli.version.ProgramVersion;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.releases.ReleaseAnnouncer;
import org.ctstream.schemas.avro.ModelStage;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.trainer.dataset.Dataset;
import org.ctstream.trainer.phase.PhaseListener;
import org.ctstream.trainer.release.ReleaseMaker;
import org.ctstream.trainer.release.ReleaseRequest;
import org.ctstream.trainer.run.FinishedPhase;
import org.ctstream.trainer.run.RunFactory;
import org.ctstream.trainer.run.RunImages;
import org.ctstream.trainer.run.TrainKeys;
import org.ctstream.trainer.run.TrainingRun;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ctstream train release}. */
@Command(
        name = "release",
        description = {
            "Makes a release of a finished run: half-precision weights, manifest, figures and threshold from the validation"
                    + " images, lineage, and a model card; and announces it as a CANDIDATE.",
            "Give the same settings and data as the run had.",
            ""
        },
        footer = {"", "Example: ctstream train release --folder runs/first --version 1.0.0"})
public final class ReleaseRunCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--folder", paramLabel = "DIR", required = true, description = "The run's folder.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path folder;

    @Option(names = "--name", paramLabel = "NAME", description = "Line of releases. Default: the architecture.")
    private @Nullable String name;

    @Option(names = "--version", paramLabel = "VERSION", required = true, description = "Version of the release.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String version;

    @Option(names = "--description", paramLabel = "TEXT", description = "One or two sentences for people.")
    private String description = "Trained with the three-phase recipe on labelled chest CT slices.";

    @Option(names = "--parent", paramLabel = "NAME:VERSION", description = "Release the training started from.")
    private @Nullable String parent;

    @Option(
            names = {"--store", "--model-store"},
            paramLabel = "DIR",
            description = "Folder of the model store. Default: " + StoreOption.VARIABLE
                    + ", or ctstream-data/models, where \"ctstream up\" has its store.")
    private @Nullable Path store;

    @Option(names = "--no-announce", description = "Only save it; the model commands can announce it later.")
    private boolean silent;

    @Mixin
    private TrainInput input = new TrainInput();

    @Override
    public Integer call() throws Exception {
        return Failures.reported(this::release);
    }

    private Integer release() {
        PrintWriter out = spec.commandLine().getOut();
        ServiceConfig config = input.config();
        RunFactory factory = new RunFactory(config, ProgramVersion.text());
        Dataset dataset = RunImages.forRun(folder, input.dataset(config));
        TrainingRun run = factory.run(folder, dataset, factory.initial(), new PhaseListener() {});
        List<FinishedPhase> finished = run.results();
        EngineOptions engine = EngineOptions.defaults()
                .withDevice(Device.parse(config.string(TrainKeys.DEVICE)))
                .withThreads(config.integer(TrainKeys.THREADS));
        FinishedPhase phase = factory.toRelease(finished);
        String line = name == null ? config.string(TrainKeys.ARCHITECTURE) : name;
        ModelStore to = new ModelStore(store == null ? StoreOption.otherwise() : store);
        StoredRelease stored = new ReleaseMaker(to, engine)
                .make(new ReleaseRequest(line, version, description, parent), phase, run.begun(), dataset);
        out.println("Saved " + stored.release().id() + " of phase "
                + phase.settings().name() + " in " + stored.folder());
        stored.release().metrics().forEach((metric, value) -> out.printf("  %-24s %.4f%n", metric, value));
        if (!silent) {
            announce(stored, to);
            out.println("Announced as CANDIDATE.");
        }
        out.println("Next: ctstream model promote " + stored.release().id()
                + (store == null ? "" : " --store " + to.root()));
        out.flush();
        return ExitCodes.OK;
    }

    private void announce(StoredRelease stored, ModelStore in) {
        Connection to = input.connection();
        try (ReleaseAnnouncer announcer = ReleaseAnnouncer.open(to.producer(), to.serializers())) {
            announcer.announce(stored.release(), ModelStage.CANDIDATE, in.root());
        }
    }
}
