package org.ctstream.cli.model;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.ctstream.cli.CliException;
import org.ctstream.cli.ExitCodes;
import org.ctstream.cli.connect.ConnectionOptions;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.releases.Promotion;
import org.ctstream.releases.ReleaseCatalogue;
import org.ctstream.releases.StageChange;
import org.ctstream.schemas.avro.ModelStage;
import org.ctstream.schemas.topic.Topic;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ctstream model promote}. */
@Command(
        name = "promote",
        description = {
            "Puts a release of the model store into production: running workers swap it in between two batches, unless"
                    + " they are pinned to another.",
            "Promoting an earlier release again goes back to it, as \"ctstream model rollback\" does. Promoting the one in"
                    + " production announces it again, so that workers which could not serve it try once more.",
            ""
        },
        footer = {"", "Example: ctstream model promote densenet169:1.1.0"})
public final class PromoteModelCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private ReleaseInStore release = new ReleaseInStore();

    @ArgGroup(exclusive = false)
    private @Nullable ShadowGate gate;

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    @Mixin
    private Confirmation confirmation = new Confirmation();

    @Override
    public Integer call() {
        ReleaseId id = release.id();
        ModelStore from = release.store();
        StoredRelease stored = from.load(id);
        var announced = new Announced(connection.connection());
        ReleaseCatalogue catalogue = announced.read();
        requireSameWeights(stored, catalogue);
        if (gate != null) {
            gate.check(stored.release(), catalogue, announced);
        }
        StageChange to = change.to(ModelStage.PRODUCTION);
        PrintWriter out = spec.commandLine().getOut();
        out.println(Promotion.of(catalogue, id).effect());
        if (!stored.release().trained()) {
            out.println(id + " is untrained: its probabilities mean nothing.");
        }
        out.flush();
        if (!confirmation.given("Promote " + id + "?")) {
            out.println("Nothing was changed.");
            out.flush();
            return ExitCodes.FAILURE;
        }
        try (var announcer = announced.announcer()) {
            long offset = announcer.announce(stored.release(), to, from.root());
            out.println(id + " is in production (" + Topic.MODEL_RELEASED.topicName() + ", offset " + offset + ").");
        }
        out.flush();
        return ExitCodes.OK;
    }

    private static void requireSameWeights(StoredRelease stored, ReleaseCatalogue catalogue) {
        ModelRelease release = stored.release();
        Promotion.otherWeights(
                        catalogue,
                        release.id(),
                        release.sha256(),
                        stored.folder().toString())
                .ifPresent(why -> {
                    throw CliException.failure(
                            "Cannot promote " + release.id() + ": " + why
                                    + ". Name the store of the workers with --store, or give this release another"
                                    + " version.",
                            null);
                });
    }
}
