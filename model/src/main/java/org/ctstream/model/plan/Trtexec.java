package org.ctstream.model.plan;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** NVIDIA's command {@code trtexec}, which comes with TensorRT and compiles a network into a plan. Thread-safe. */
public final class Trtexec {
    private static final Duration VERSION_LIMIT = Duration.ofMinutes(1);

    /** Where NVIDIA's packages and images put it, off the {@code PATH}. */
    private static final List<Path> USUAL_PLACES =
            List.of(Path.of("/usr/src/tensorrt/bin/trtexec"), Path.of("/opt/tensorrt/bin/trtexec"));

    private static final String REMEDY = "install TensorRT with its tools (Debian package libnvinfer-bin, or NVIDIA's"
            + " TensorRT image), or name the file";

    private final Path executable;
    private final Tool tool;

    public Trtexec(Path executable) {
        this.executable = executable;
        this.tool = new Tool(executable.toString(), REMEDY);
    }

    /**
     * Looks for it on {@code PATH} and in the usual places.
     *
     * @throws PlanException.Missing if it is not there; the message says where it was looked for
     */
    public static Trtexec find(Map<String, String> environment) {
        List<Path> places = Stream.concat(
                        Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                                .filter(folder -> !folder.isBlank())
                                .map(folder -> Path.of(folder, "trtexec")),
                        USUAL_PLACES.stream())
                .toList();
        return places.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .map(Trtexec::new)
                .orElseThrow(() -> new PlanException.Missing(
                        "there is no trtexec on PATH, nor any of "
                                + USUAL_PLACES.stream().map(Path::toString).collect(Collectors.joining(", ")),
                        REMEDY,
                        null));
    }

    public Path executable() {
        return executable;
    }

    /**
     * Asks for its version, which is that of the libraries beside it.
     *
     * @throws PlanException.Missing if it does not run
     * @throws PlanException.ToolFailed if it does not say
     */
    public TensorRtVersion version() throws InterruptedException {
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        tool.run(List.of("--help"), VERSION_LIMIT, lines::add);
        return List.copyOf(lines).stream()
                .map(TensorRtVersion::ofBanner)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new PlanException.ToolFailed(
                        executable + " --help does not say its version; expected a line with [TensorRT v8601] or the"
                                + " like",
                        "name NVIDIA's own trtexec",
                        null));
    }

    /** The order as a line for a shell. */
    public String line(PlanOrder order, TensorRtVersion version) {
        return Stream.concat(Stream.of(executable.toString()), order.arguments(version).stream())
                .map(ShellWord::of)
                .collect(Collectors.joining(" "));
    }

    /**
     * Makes a plan, which takes minutes.
     *
     * @param limit after which it is given up
     * @param progress takes each line that it prints, on another thread
     * @throws PlanException.ToolFailed if it fails; the message has its last lines
     * @throws InterruptedException if interrupted; it has ended then
     */
    public void make(PlanOrder order, TensorRtVersion version, Duration limit, Consumer<String> progress)
            throws InterruptedException {
        tool.run(order.arguments(version), limit, progress);
    }
}
