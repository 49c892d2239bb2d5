package org.ctstream.embedded.registry;

import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Arrays;
import org.ctstream.embedded.part.DirectoryInUseException;
import org.ctstream.embedded.part.DirectoryLock;

/**
 * What the registry's process runs: takes the data directory (first argument), then runs the registry's own main class.
 *
 * <p>The lock belongs to this process and not to its parent, so that a registry which outlives a killed parent by a
 * moment is noticed by its successor. Runs on the registry's class path: uses nothing but the JDK and this module.
 */
public final class RegistryMain {

    private static final String REAL_MAIN = "io.quarkus.runner.GeneratedMain";

    private RegistryMain() {}

    @SuppressWarnings("unused") // the lock is held until the process ends
    public static void main(String[] args) throws Throwable {
        try {
            DirectoryLock heldToTheEnd = DirectoryLock.acquire(Path.of(args[0]), DirectoryLock.PATIENCE);
        } catch (DirectoryInUseException e) {
            System.err.println(e.getMessage());
            System.exit(e.exitCode());
        }
        try {
            Class.forName(REAL_MAIN).getMethod("main", String[].class).invoke(null, (Object)
                    Arrays.copyOfRange(args, 1, args.length));
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
