package org.ctstream.benchmarks;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ctstream.embedded.process.ParentGuard;

/**
 * A program in a JVM of its own, so that none inherits another's native libraries, threads or compiled code. It speaks to
 * this process's console and ends at the latest with this process.
 */
final class ChildProgram {
    private static final Duration GRACE = Duration.ofSeconds(90);
    private static final int STOP = 's';

    private ChildProgram() {}

    /**
     * Runs one to its end.
     *
     * @return its exit code
     * @throws InterruptedException if this thread is interrupted; the program has ended then
     */
    static int run(String program, List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-D" + ParentGuard.GRACE_PROPERTY + "=" + GRACE.toMillis());
        command.add(ParentGuard.class.getName());
        command.add(Benchmarks.class.getName());
        command.add(program);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        // By the environment, since a class path can exceed what one command line may hold.
        builder.environment().put("CLASSPATH", classPath());
        Process process = builder.start();
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            stop(process);
            throw e;
        } finally {
            process.destroyForcibly();
        }
    }

    private static void stop(Process process) throws InterruptedException {
        try {
            process.getOutputStream().write(STOP);
            process.getOutputStream().flush();
        } catch (IOException e) {
            // It has ended, or is about to: the wait tells.
        }
        process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS);
    }

    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path", "").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
