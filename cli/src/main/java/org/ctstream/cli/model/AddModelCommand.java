package org.ctstream.cli.model;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ctstream.cli.CliException;
import org.ctstream.cli.connect.StoreOption;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.ReleaseSource;
import org.ctstream.model.release.StoredRelease;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ctstream model add}. */
@Command(
        name = "add",
        description = {
            "Copies a release into the model store: a folder with manifest.json, weights.safetensors and, if there is"
                    + " one, model-card.md. Checks the weights' digest. Workers serve it once it is promoted.",
            ""
        },
        footer = {"", "Example: ctstream model add models/densenet169/1.0.0 --store /var/lib/ctstream/models"})
public final class AddModelCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private StoreOption store = new StoreOption();

    @Parameters(paramLabel = "FOLDER", description = "The release's folder.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path folder;

    @Override
    public void run() {
        if (!Files.isDirectory(folder)) {
            throw CliException.usage(folder + " is not a folder", null);
        }
        ModelStore to = store.store();
        StoredRelease added = to.add(ReleaseSource.folder(folder));
        PrintWriter out = spec.commandLine().getOut();
        out.println(added.release().id() + " is in " + to.root());
        out.println("To have workers serve it: ctstream model promote "
                + added.release().id() + " --store " + to.root());
        out.flush();
    }
}
