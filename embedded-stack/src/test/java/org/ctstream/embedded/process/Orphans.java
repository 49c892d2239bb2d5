package org.ctstream.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ctstream.embedded.part.DirectoryLock;

/**
 * Measures how long a child outlives a parent that is killed with SIGKILL.
 *
 * <p>The end of the child is told by the lock of the directory it owns: an orphan's process id may stay visible until
 * the system's first process gets round to collecting it.
 */
public final class Orphans {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Orphans() {}

    /**
     * @param ownedDirectory the directory the child holds the {@link DirectoryLock} of
     * @param childReady the file by which the child says that it is ready
     * @return how long the child held the directory after its parent was gone
     */
    public static Duration lifeAfterParentIsKilled(
            Path temp, Path ownedDirectory, Path childReady, String mainClass, List<String> arguments)
            throws Exception {
        Path pidFile = temp.resolve("pid");
        List<String> parentArguments = new ArrayList<>(List.of(
                pidFile.toString(),
                childReady.toString(),
                temp.resolve("child.log").toString(),
                mainClass));
        parentArguments.addAll(arguments);
        ChildJvm parent = ChildJvm.builder("parent", ParentMain.class.getName())
                .arguments(parentArguments)
                .logFile(temp.resolve("parent.log"))
                .start(() -> Files.exists(pidFile), Duration.ofSeconds(60));
        ProcessHandle child =
                ProcessHandle.of(Long.parseLong(Files.readString(pidFile))).orElseThrow();
        assertThat(child.isAlive()).isTrue();

        long killed = System.nanoTime();
        parent.kill();
        try (DirectoryLock free = DirectoryLock.acquire(ownedDirectory, PATIENCE)) {
            assertThat(free).isNotNull();
            Duration life = Duration.ofNanos(System.nanoTime() - killed);
            child.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return life;
        } finally {
            child.destroyForcibly();
        }
    }
}
