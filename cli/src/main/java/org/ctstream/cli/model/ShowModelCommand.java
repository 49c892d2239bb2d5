package org.ctstream.cli.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.PrintWriter;
import org.ctstream.cli.CliException;
import org.ctstream.cli.console.Json;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.service.text.Bytes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ctstream model show}. */
@Command(
        name = "show",
        description =
                "Shows a release's manifest, with its lineage and results in evaluation, and where its weights and"
                        + " its model card are. Checks the weights' digest. Asks no cluster.")
public final class ShowModelCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ReleaseInStore release = new ReleaseInStore();

    @Override
    public void run() {
        StoredRelease stored = release.store().load(release.id());
        PrintWriter out = spec.commandLine().getOut();
        out.println(json(stored.release()));
        out.println();
        out.println("weights     " + stored.weights() + " ("
                + Bytes.text(stored.weights().toFile().length()) + ", digest as in the manifest)");
        out.println("model card  " + stored.card().map(Object::toString).orElse("none"));
        out.flush();
    }

    private static String json(ModelRelease release) {
        try {
            return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(release);
        } catch (JsonProcessingException e) {
            throw CliException.failure("Cannot show the manifest of " + release.id() + ": " + e.getMessage(), e);
        }
    }
}
