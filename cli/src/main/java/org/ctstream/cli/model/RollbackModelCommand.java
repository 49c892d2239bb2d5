package org.ctstream.cli.model;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.ctstream.cli.CliException;
import org.ctstream.cli.ExitCodes;
import org.ctstream.cli.connect.ConnectionOptions;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.releases.AnnouncedRelease;
import org.ctstream.releases.Promotion;
import org.ctstream.releases.ReleaseCatalogue;
import org.ctstream.releases.StageChange;
import org.ctstream.schemas.avro.ModelStage;
import org.ctstream.schemas.topic.Topic;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ctstream model rollback}. */
@Command(
        name = "rollback",
        description = {
            "Puts the release back into production that was promoted before the one that is: running workers swap it in"
                    + " between two batches. Asks no model store, and no time in shadow of it.",
            "A second rollback comes back, unless what was rolled back is retired in between. To go to any other release:"
                    + " ctstream model promote NAME:VERSION.",
            ""
        },
        footer = {"", "Example: ctstream model rollback --reason \"misses apical findings\""})
public final class RollbackModelCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    @Mixin
    private Confirmation confirmation = new Confirmation();

    @Override
    public Integer call() {
        var announced = new Announced(connection.connection());
        ReleaseCatalogue catalogue = announced.read();
        AnnouncedRelease before = Promotion.previous(catalogue)
                .orElseThrow(() -> CliException.failure(
                        "There is no release to roll back to: "
                                + catalogue
                                        .production()
                                        .map(present -> "no other than " + present.id() + " has been")
                                        .orElse("none is")
                                + " in production. Announced are " + catalogue.releases()
                                + "; ctstream model promote NAME:VERSION takes any of the model store.",
                        null));
        StageChange to = change.to(ModelStage.PRODUCTION);
        Promotion promotion = Promotion.of(catalogue, before.id());
        PrintWriter out = spec.commandLine().getOut();
        out.println(promotion.effect());
        out.flush();
        if (!confirmation.given("Roll back to " + before.id() + "?")) {
            out.println("Nothing was changed.");
            out.flush();
            return ExitCodes.FAILURE;
        }
        try (var announcer = announced.announcer()) {
            long offset = announcer.restage(before, to);
            out.println(before.id() + " is in production (" + Topic.MODEL_RELEASED.topicName() + ", offset " + offset
                    + ").");
            ReleaseId left = promotion.replaces();
            out.println("So that nothing goes back to " + left + ": ctstream model retire " + left);
        }
        out.flush();
        return ExitCodes.OK;
    }
}
