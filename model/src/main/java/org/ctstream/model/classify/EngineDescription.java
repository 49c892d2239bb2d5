package org.ctstream.model.classify;

import java.util.Locale;

/**
 * What runs the network, for results, metrics and logs.
 *
 * @param engine name in the registry, for example {@code pytorch}; never that of a choice such as {@code auto}
 * @param device what it runs on
 * @param version version of the engine
 * @param precision arithmetic of the network
 * @param threads threads on the host one batch is computed with, over all sessions
 * @param sessions copies of the network that compute parts of a batch at the same time, at least 1
 * @param slicesPerRun the most slices a session computes at once; 0 if a batch is never divided
 */
public record EngineDescription(
        String engine,
        Device device,
        String version,
        Precision precision,
        int threads,
        int sessions,
        int slicesPerRun) {

    /** An engine in float32 that computes each batch at once. */
    public EngineDescription(String engine, Device device, String version, int threads) {
        this(engine, device, version, Precision.FP32, threads, 1, 0);
    }

    /** For people, for example {@code onnxruntime 1.21.1 on cpu, fp32, 2 threads, 2 sessions, 1 slice per run}. */
    public String text() {
        return engine + " " + version + " on " + device + ", "
                + precision.name().toLowerCase(Locale.ROOT) + ", " + count(threads, "thread") + ", "
                + count(sessions, "session")
                + (slicesPerRun == 0 ? "" : ", " + count(slicesPerRun, "slice") + " per run");
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
