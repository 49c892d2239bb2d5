package org.ctstream.embedded.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A JVM between the test and a child: starts the child, writes the child's pid to a file, and waits to be killed. */
public final class ParentMain {

    private ParentMain() {}

    /** Arguments: file for the pid, file the child writes when ready, log file, child's main class, its arguments. */
    public static void main(String[] args) throws Exception {
        Path pidFile = Path.of(args[0]);
        Path ready = Path.of(args[1]);
        List<String> rest = List.of(args);
        ChildJvm child = ChildJvm.builder("grandchild", args[3])
                .arguments(rest.subList(4, rest.size()))
                .logFile(Path.of(args[2]))
                .start(() -> Files.exists(ready), Duration.ofSeconds(40));
        Path draft = pidFile.resolveSibling("pid.draft");
        Files.writeString(draft, Long.toString(child.pid()));
        Files.move(draft, pidFile);
        new CountDownLatch(1).await();
    }
}
