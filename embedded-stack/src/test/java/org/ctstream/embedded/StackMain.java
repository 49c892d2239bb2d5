package org.ctstream.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A program that runs a stack until it is killed; writes the process ids of the stack's children to a file. */
public final class StackMain {

    private StackMain() {}

    /** Arguments: data directory, file for the process ids, one a line. */
    public static void main(String[] args) throws Exception {
        try (EmbeddedStack stack = EmbeddedStack.start(EmbeddedStackSettings.in(Path.of(args[0])))) {
            List<String> pids = ProcessHandle.current()
                    .children()
                    .map(child -> Long.toString(child.pid()))
                    .toList();
            Path file = Path.of(args[1]);
            Path draft = file.resolveSibling("pids.draft");
            Files.write(draft, pids);
            Files.move(draft, file);
            new CountDownLatch(1).await();
        }
    }
}
