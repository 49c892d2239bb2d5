package org.ctstream.model.engine.pytorch;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import org.ctstream.model.classify.Availability;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.Device;
import org.ctstream.model.engine.support.OfflineDjl;

/** DJL's PyTorch engine, loaded without any traffic and asked for the device that is wanted. */
final class PyTorchRuntime {
    static final String CANNOT_LOAD = "cannot load PyTorch's native libraries";
    static final String REMEDY =
            "the class path needs pytorch-jni and a pytorch-native of this platform, and the folder for"
                    + " unpacked libraries (DJL_CACHE_DIR, by default .djl.ai in the home folder) must be writable";
    private static final String GPU_REMEDY =
            "install the NVIDIA driver and CUDA and give the process a device, or choose device cpu";

    private final Engine engine;

    private PyTorchRuntime(Engine engine) {
        this.engine = engine;
    }

    /**
     * Loads the native libraries, the first time in a process.
     *
     * @throws ClassifierException.Unavailable if they are not there or do not load
     */
    static PyTorchRuntime load() {
        OfflineDjl.configure();
        try {
            return new PyTorchRuntime(Engine.getEngine("PyTorch"));
        } catch (EngineException | IllegalStateException | IllegalArgumentException | LinkageError e) {
            throw new ClassifierException.Unavailable(CANNOT_LOAD + ": " + e.getMessage() + "; " + REMEDY, e);
        }
    }

    Engine engine() {
        return engine;
    }

    /** Threads of one forward pass. A setting of the whole process: the last classifier opened decides. */
    int useThreads(int threads) {
        if (threads > 0) {
            JniUtils.setNumThreads(threads);
        }
        return JniUtils.getNumThreads();
    }

    /**
     * DJL's device for ours.
     *
     * @throws ClassifierException.Unavailable if this machine, its driver or these libraries have no such device
     */
    ai.djl.Device device(Device device) {
        if (!(device instanceof Device.Gpu gpu)) {
            return ai.djl.Device.cpu();
        }
        int count = engine.getGpuCount();
        if (gpu.index() >= count) {
            throw new ClassifierException.Unavailable(
                    "engine " + PyTorchClassifiers.NAME + " cannot use device " + gpu + ": " + found(count) + "; "
                            + GPU_REMEDY,
                    null);
        }
        return ai.djl.Device.gpu(gpu.index());
    }

    /** Whether this machine has the device. */
    Availability availability(Device device) {
        if (!(device instanceof Device.Gpu gpu)) {
            return new Availability.Available(engine.getVersion(), JniUtils.getNumThreads() + " threads by default");
        }
        int count = engine.getGpuCount();
        return gpu.index() < count
                ? new Availability.Available(engine.getVersion(), "CUDA, " + found(count))
                : new Availability.Missing(found(count), GPU_REMEDY);
    }

    private static String found(int count) {
        return "CUDA devices found: " + count;
    }
}
