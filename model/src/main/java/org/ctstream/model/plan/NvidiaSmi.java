package org.ctstream.model.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks the NVIDIA driver, by its tool {@code nvidia-smi}, which GPUs this process may use. Thread-safe. */
public final class NvidiaSmi {
    /** A driver that is not kept in memory takes seconds to answer. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final List<String> QUERY =
            List.of("--query-gpu=name,compute_cap,driver_version,mig.mode.current", "--format=csv,noheader");
    private static final int COLUMNS = 4;
    private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";

    private final Tool tool;
    private final Map<String, String> environment;

    /**
     * @param executable path of {@code nvidia-smi}, or its name to look for on {@code PATH}
     * @param environment the process's environment: {@code CUDA_VISIBLE_DEVICES} and {@code CUDA_DEVICE_ORDER} say
     *     which GPU CUDA means by a number
     */
    public NvidiaSmi(String executable, Map<String, String> environment) {
        this.tool = new Tool(
                executable,
                "install the NVIDIA driver (525 or newer) for a GPU of this machine; in a container, reserve a GPU for"
                        + " it, by the NVIDIA Container Toolkit");
        this.environment = Map.copyOf(environment);
    }

    /** That of this machine. */
    public static NvidiaSmi ofThisMachine() {
        return new NvidiaSmi("nvidia-smi", System.getenv());
    }

    /**
     * The GPU that CUDA gives a number.
     *
     * @throws PlanException.Missing if there is no driver or no such GPU
     * @throws PlanException.ToolFailed if the driver does not answer in order, or it cannot be told which GPU the number
     *     means
     */
    public Gpu gpu(int index) {
        List<Gpu> gpus = gpus();
        String chosen = environment.get(VISIBLE);
        int shown = chosen == null ? gpus.size() : shown(chosen, gpus.size());
        if (index >= shown) {
            throw new PlanException.Missing(
                    "there is no gpu-" + index + ": GPUs that the NVIDIA driver shows to this process: " + gpus.size()
                            + (chosen == null ? "" : ", of which " + VISIBLE + "='" + chosen + "' leaves " + shown),
                    "choose another device, or give the process more of them",
                    null);
        }
        Gpu first = gpus.get(0);
        if (gpus.stream().allMatch(first::isSameModelAs)) {
            return whole(first);
        }
        // By default CUDA counts the fastest first, the driver in the order of the slots.
        if (chosen != null || !environment.getOrDefault("CUDA_DEVICE_ORDER", "").equals("PCI_BUS_ID")) {
            throw new PlanException.ToolFailed(
                    "cannot tell which of this machine's GPUs is gpu-" + index + ", for they differ: " + gpus,
                    "set CUDA_DEVICE_ORDER=PCI_BUS_ID and leave CUDA_VISIBLE_DEVICES unset, or give the"
                            + " process (the container) GPUs of one model alone",
                    null);
        }
        return whole(gpus.get(index));
    }

    /**
     * How many CUDA counts: the entries up to the first that names none. CUDA takes an empty value as no GPU at all. Taken
     * for more, a number that CUDA does not know would end the process in native code.
     */
    private static int shown(String chosen, int gpus) {
        int shown = 0;
        for (String entry : chosen.split(",", -1)) {
            String place = entry.strip();
            // Others name a GPU, or an instance of one, by its UUID.
            int number = place.matches("[+-]?\\d{1,9}") ? Integer.parseInt(place) : 0;
            if (place.isEmpty() || number < 0 || number >= gpus) {
                break;
            }
            shown++;
        }
        return shown;
    }

    /** All GPUs that the driver shows to this process, at least one. */
    List<Gpu> gpus() {
        List<String> lines = new ArrayList<>();
        try {
            tool.run(QUERY, LIMIT, lines::add);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlanException.ToolFailed(
                    "interrupted while asking the NVIDIA driver for its GPUs", "try again", e);
        }
        List<Gpu> gpus = lines.stream()
                .filter(line -> !line.isBlank())
                .map(NvidiaSmi::parse)
                .toList();
        if (gpus.isEmpty()) {
            throw new PlanException.Missing(
                    "the NVIDIA driver shows no GPU to this process", "in a container, reserve one for it", null);
        }
        return gpus;
    }

    private static Gpu parse(String line) {
        String[] columns = line.split("\\s*,\\s*", -1);
        if (columns.length != COLUMNS || columns[0].isBlank() || !columns[1].matches("\\d+\\.\\d+")) {
            throw new PlanException.ToolFailed(
                    "nvidia-smi answered '" + line + "', expected name, compute capability, driver version and MIG mode"
                            + " separated by commas",
                    "the driver may be too old: install 525 or newer",
                    null);
        }
        return new Gpu(
                columns[0].strip(), columns[1], columns[2], columns[3].strip().equals("Enabled"));
    }

    /** An instance of a GPU has fewer processors than the whole, and the query does not say how many. */
    private static Gpu whole(Gpu gpu) {
        if (gpu.partitioned()) {
            throw new PlanException.ToolFailed(
                    gpu.name() + " is divided into instances (MIG), and a plan would not say for which",
                    "turn MIG off, or use engine onnxruntime",
                    null);
        }
        return gpu;
    }
}
