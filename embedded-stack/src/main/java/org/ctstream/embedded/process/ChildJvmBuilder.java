package org.ctstream.embedded.process;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ctstream.embedded.part.EmbeddedException;
import org.jspecify.annotations.Nullable;

/**
 * Describes a child JVM and starts it with the {@code java} of this JVM.
 *
 * <p>Defaults: the class path of this JVM, no arguments, this process's environment and working directory, and a log
 * file {@code NAME.log} in the working directory. Not thread-safe.
 */
public final class ChildJvmBuilder {

    private static final Duration POLL = Duration.ofMillis(50);

    private final String name;
    private final String mainClass;
    private final List<String> jvmArguments = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private String classPath = ownClassPath();
    private Path workingDirectory = Path.of("").toAbsolutePath();
    private @Nullable Path logFile;

    ChildJvmBuilder(String name, String mainClass) {
        this.name = name;
        this.mainClass = mainClass;
    }

    /** Replaces the class path; this module's own classes are put behind it, since the child's guard is among them. */
    public ChildJvmBuilder classPath(List<Path> entries) {
        List<String> all = new ArrayList<>();
        entries.forEach(entry -> all.add(entry.toAbsolutePath().toString()));
        all.add(ownCode().toString());
        classPath = String.join(File.pathSeparator, all);
        return this;
    }

    public ChildJvmBuilder jvmArguments(List<String> more) {
        jvmArguments.addAll(more);
        return this;
    }

    public ChildJvmBuilder arguments(List<String> more) {
        arguments.addAll(more);
        return this;
    }

    /** Adds to the environment that the child inherits. */
    public ChildJvmBuilder environment(Map<String, String> more) {
        environment.putAll(more);
        return this;
    }

    public ChildJvmBuilder workingDirectory(Path directory) {
        workingDirectory = directory.toAbsolutePath();
        return this;
    }

    /** Where standard output and error go; the file is appended to, its directory created. */
    public ChildJvmBuilder logFile(Path file) {
        logFile = file.toAbsolutePath();
        return this;
    }

    /** How long an orphaned child may take for its shutdown hooks. */
    public ChildJvmBuilder orphanGrace(Duration grace) {
        jvmArguments.add("-D" + ParentGuard.GRACE_PROPERTY + "=" + grace.toMillis());
        return this;
    }

    /**
     * Starts the child and waits until it is ready.
     *
     * @throws ChildStartException if the child ends before it is ready (the message has the end of its log), or is not
     *     ready in time; it is not running then
     */
    public ChildJvm start(ReadinessProbe probe, Duration timeout) {
        Path log = logFile == null ? workingDirectory.resolve(name + ".log") : logFile;
        LogTail tail;
        ChildJvm child;
        try {
            Files.createDirectories(workingDirectory);
            if (log.getParent() != null) {
                Files.createDirectories(log.getParent());
            }
            tail = LogTail.fromHere(log);
            child = new ChildJvm(name, process(log).start(), log);
        } catch (IOException e) {
            throw new EmbeddedException(
                    "Cannot start the " + name + " process in " + workingDirectory + " with log " + log + " (" + e
                            + ")",
                    e);
        }
        try {
            awaitReady(child, probe, timeout, tail);
            return child;
        } catch (RuntimeException | Error e) {
            child.kill();
            throw e;
        }
    }

    private static void awaitReady(ChildJvm child, ReadinessProbe probe, Duration timeout, LogTail tail) {
        long deadline = System.nanoTime() + timeout.toNanos();
        Throwable lastFailure = null;
        while (true) {
            try {
                if (probe.isReady()) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new EmbeddedException("Interrupted while waiting for the " + child.name() + " process", e);
            } catch (Exception e) {
                lastFailure = e;
            }
            if (child.awaitExit(POLL)) {
                throw ChildStartException.ended(
                        child.name(), child.exitCode().orElseThrow(), child.logFile(), tail.read());
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new EmbeddedException("Interrupted while waiting for the " + child.name() + " process");
            }
            if (System.nanoTime() - deadline >= 0) {
                throw ChildStartException.late(
                        child.name(), timeout.toMillis(), child.logFile(), tail.read(), lastFailure);
            }
        }
    }

    private ProcessBuilder process(Path log) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmArguments);
        command.add(ParentGuard.class.getName());
        command.add(mainClass);
        command.addAll(arguments);
        ProcessBuilder process = new ProcessBuilder(command)
                .directory(workingDirectory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        process.environment().putAll(environment);
        // By the environment, since a class path of some hundred jars can exceed what one command line may hold.
        process.environment().put("CLASSPATH", classPath);
        return process;
    }

    /** This JVM's class path with absolute entries, since the child may work in another directory. */
    private static String ownClassPath() {
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getProperty("java.class.path", ""))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path ownCode() {
        try {
            return Path.of(ParentGuard.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("This module's classes are not in a directory or jar", e);
        }
    }
}
