package org.ctstream.trainer.network;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;

/** The engine that trains, loaded without any traffic. */
public final class TrainingEngine {
    private TrainingEngine() {}

    /**
     * Loads the engine and gives the device to train on.
     *
     * @param device {@code cpu}, {@code gpu} or {@code gpu:N}
     * @param threads threads of one operation on a processor; 0 leaves the choice to the engine
     * @throws IllegalArgumentException if there is no such device; nothing falls back in silence
     */
    public static Device load(String device, int threads) {
        // DJL would otherwise look for newer libraries on a server, and tell another one that it was started.
        setIfAbsent("ai.djl.offline");
        setIfAbsent("OPT_OUT_TRACKING");
        var wanted = org.ctstream.model.classify.Device.parse(device);
        Engine engine = Engine.getEngine("PyTorch");
        if (threads > 0) {
            JniUtils.setNumThreads(threads);
        }
        if (!(wanted instanceof org.ctstream.model.classify.Device.Gpu gpu)) {
            return Device.cpu();
        }
        if (gpu.index() >= engine.getGpuCount()) {
            throw new IllegalArgumentException(
                    "cannot train on " + gpu + ": CUDA devices found: " + engine.getGpuCount()
                            + "; install the NVIDIA driver and PyTorch's CUDA libraries, or choose device cpu");
        }
        return Device.gpu(gpu.index());
    }

    private static void setIfAbsent(String key) {
        if (System.getProperty(key) == null && System.getenv(key) == null) {
            System.setProperty(key, "true");
        }
    }
}
