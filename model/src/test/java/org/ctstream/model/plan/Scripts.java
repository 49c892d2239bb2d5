package org.ctstream.model.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Shell scripts in the place of NVIDIA's programs: they say and do what the documentation of the real ones says. They test
 * how processes are run and their output is read, and nothing of TensorRT.
 */
public final class Scripts {
    private Scripts() {}

    /** An executable file with these lines. */
    public static Path script(Path folder, String name, String... lines) throws IOException {
        Path file = Files.createDirectories(folder).resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** A driver that shows these GPUs: lines of name, compute capability, driver version, MIG mode. */
    public static Path nvidiaSmi(Path folder, String... gpus) throws IOException {
        String[] lines = new String[gpus.length];
        for (int i = 0; i < gpus.length; i++) {
            lines[i] = "echo '" + gpus[i] + "'";
        }
        return script(folder, "nvidia-smi", lines);
    }
}
