package org.ctstream.cli.model;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.ctstream.cli.CliException;
import org.ctstream.cli.ExitCodes;
import org.ctstream.cli.connect.ConnectionOptions;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.releases.AnnouncedRelease;
import org.ctstream.releases.ReleaseCatalogue;
import org.ctstream.schemas.avro.ModelStage;
import org.ctstream.schemas.topic.Topic;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ctstream model retire}. */
@Command(
        name = "retire",
        description = {
            "Takes a release out of service for good. If workers serve it, they go back to the release that was promoted"
                    + " before it, or keep it until they can serve another one in production. Its files stay in the"
                    + " model store.",
            ""
        },
        footer = {"", "Example: ctstream model retire densenet169:1.0.0"})
public final class RetireModelCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    @Mixin
    private Confirmation confirmation = new Confirmation();

    @Option(
            names = "--force",
            description = "Retire it even if no other release is in production: running workers keep it, and those that"
                    + " start serve the default release.")
    private boolean force;

    @Mixin
    private ReleaseArgument release = new ReleaseArgument();

    @Override
    public Integer call() {
        ReleaseId id = release.id();
        var announced = new Announced(connection.connection());
        ReleaseCatalogue catalogue = announced.read();
        AnnouncedRelease found = catalogue
                .find(id)
                .orElseThrow(() -> CliException.failure(
                        id + " was never announced, so there is nothing to retire; announced are "
                                + catalogue.releases(),
                        null));
        PrintWriter out = spec.commandLine().getOut();
        if (found.stage() == ModelStage.RETIRED) {
            out.println(id + " is retired already.");
            out.flush();
            return ExitCodes.OK;
        }
        out.println(effect(found, catalogue));
        out.flush();
        if (!confirmation.given("Retire " + id + "?")) {
            out.println("Nothing was changed.");
            out.flush();
            return ExitCodes.FAILURE;
        }
        try (var announcer = announced.announcer()) {
            long offset = announcer.restage(found, change.to(ModelStage.RETIRED));
            out.println(id + " is retired (" + Topic.MODEL_RELEASED.topicName() + ", offset " + offset + ").");
        }
        out.flush();
        return ExitCodes.OK;
    }

    private String effect(AnnouncedRelease found, ReleaseCatalogue catalogue) {
        List<AnnouncedRelease> production = catalogue.inProduction();
        if (found.stage() != ModelStage.PRODUCTION) {
            return found.id() + " is not in production, so what workers serve does not change.";
        }
        if (production.size() > 1) {
            boolean newest = production.get(0).id().equals(found.id());
            return found.id() + " is no longer in production after this. Workers "
                    + (newest
                            ? "go back to " + production.get(1).id()
                            : "serve " + production.get(0).id())
                    + ". One that cannot serve that takes the newest other release in production, and keeps what it serves"
                    + " until it can serve one of them. One that is pinned to a release keeps it.";
        }
        if (!force) {
            throw CliException.failure(
                    "Cannot retire " + found.id() + ": it is the only release in production. Promote another one first,"
                            + " or use --force.",
                    null);
        }
        return "No release is in production after this.";
    }
}
