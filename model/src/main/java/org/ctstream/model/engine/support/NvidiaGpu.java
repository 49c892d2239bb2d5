package org.ctstream.model.engine.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A graphics processor, as NVIDIA's own tool tells it.
 *
 * @param name model, for example {@code NVIDIA A10}
 * @param computeCapability for example {@code 8.6}
 * @param driver version of the driver
 */
public record NvidiaGpu(String name, String computeCapability, String driver) {
    private static final long LONGEST_ANSWER_SECONDS = 10;

    /** The device of this index; empty if the tool is missing, does not answer, or knows no such device. */
    public static Optional<NvidiaGpu> find(int index) {
        return find(
                List.of("nvidia-smi", "--query-gpu=name,compute_cap,driver_version", "--format=csv,noheader"), index);
    }

    static Optional<NvidiaGpu> find(List<String> command, int index) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            // A few lines, which fit into the pipe: they can be read after the end.
            if (!process.waitFor(LONGEST_ANSWER_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.exitValue() == 0 ? parse(answer, index) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Optional<NvidiaGpu> parse(String answer, int index) {
        return answer.lines()
                .skip(index)
                .findFirst()
                .map(line -> line.split(","))
                .filter(fields -> fields.length == 3)
                .map(fields -> new NvidiaGpu(fields[0].strip(), fields[1].strip(), fields[2].strip()));
    }

    /** Model, capability and driver for a file's name: what is built for one is not for another. */
    public String fileName() {
        return (name + "-sm" + computeCapability + "-driver" + driver)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9.]+", "-");
    }
}
