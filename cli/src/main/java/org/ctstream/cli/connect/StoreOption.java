package org.ctstream.cli.connect;

import java.nio.file.Path;
import org.ctstream.model.release.ModelStore;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says which model store a command works on. */
public final class StoreOption {
    /** The variable workers read it from, too. */
    public static final String VARIABLE = "CTSTREAM_MODEL_STORE";

    /** Where {@code ctstream up} has its store. */
    public static final Path DEFAULT = Path.of("ctstream-data", "models");

    @Option(
            names = "--store",
            paramLabel = "DIR",
            description = "Folder of the model store. Default: " + VARIABLE
                    + ", or ctstream-data/models, where \"ctstream up\" has its store.")
    private @Nullable Path folder;

    public ModelStore store() {
        return new ModelStore(folder == null ? otherwise() : folder);
    }

    /** The store of a command that names none. */
    public static Path otherwise() {
        String variable = System.getenv(VARIABLE);
        return variable == null || variable.isBlank() ? DEFAULT : Path.of(variable);
    }
}
