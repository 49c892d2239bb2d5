package org.ctstream.cli.model;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ctstream.cli.CliException;
import org.ctstream.cli.ExitCodes;
import org.ctstream.cli.connect.ConnectionOptions;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.releases.AnnouncedRelease;
import org.ctstream.releases.ReleaseCatalogue;
import org.ctstream.schemas.avro.ModelStage;
import org.ctstream.schemas.topic.Topic;
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
            "Promoting an earlier release again rolls back to it. Promoting the one in production announces it again, so"
                    + " that workers which could not serve it try once more.",
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
        PrintWriter out = spec.commandLine().getOut();
        out.println(effect(id, catalogue));
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
            long offset = announcer.announce(stored.release(), ModelStage.PRODUCTION, from.root());
            out.println(id + " is in production (" + Topic.MODEL_RELEASED.topicName() + ", offset " + offset + ").");
        }
        out.flush();
        return ExitCodes.OK;
    }

    /** Two stores may have two releases of one name; workers refuse the one that was not announced. */
    private static void requireSameWeights(StoredRelease stored, ReleaseCatalogue catalogue) {
        Optional<AnnouncedRelease> before = catalogue.find(stored.release().id());
        if (before.isPresent() && !before.get().sha256().equals(stored.release().sha256())) {
            throw CliException.failure(
                    "Cannot promote " + stored.release().id() + ": it was announced with other weights than "
                            + stored.folder() + " has (SHA-256 announced "
                            + before.get().sha256() + ", in the store "
                            + stored.release().sha256() + "). Name the store of the workers with --store, or give this"
                            + " release another version.",
                    null);
        }
    }

    private static String effect(ReleaseId id, ReleaseCatalogue catalogue) {
        Optional<ReleaseId> present = catalogue.production().map(AnnouncedRelease::id);
        if (present.isEmpty()) {
            return "No release is in production; " + id + " takes the place of the default release.";
        }
        return present.get().equals(id)
                ? id + " is in production already; it is announced again."
                : id + " replaces " + present.get() + " in production.";
    }
}
