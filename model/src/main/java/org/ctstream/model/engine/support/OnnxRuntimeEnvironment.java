package org.ctstream.model.engine.support;

import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import org.ctstream.model.classify.ClassifierException;

/**
 * ONNX Runtime's environment, of which a process has one.
 *
 * <p>Whoever uses ONNX Runtime itself takes it from here: DJL's engine makes the environment with thread options, and
 * cannot be loaded any more if somebody else has made one without.
 */
public final class OnnxRuntimeEnvironment {
    private OnnxRuntimeEnvironment() {}

    /**
     * The environment; loads the native libraries, the first time in a process.
     *
     * @throws ClassifierException.Unavailable if they are not there or do not load
     */
    public static OrtEnvironment get() {
        engine();
        return OrtEnvironment.getEnvironment();
    }

    /**
     * DJL's engine on it, loaded without any traffic.
     *
     * @throws ClassifierException.Unavailable as {@link #get} does
     */
    public static Engine engine() {
        OfflineDjl.configure();
        try {
            return Engine.getEngine("OnnxRuntime");
        } catch (RuntimeException | LinkageError e) {
            throw new ClassifierException.Unavailable(
                    "cannot load ONNX Runtime's native libraries: " + rootOf(e)
                            + "; they are unpacked into the folder for temporary files, "
                            + System.getProperty("java.io.tmpdir") + ", which must be writable and allow execution"
                            + " (another: -Djava.io.tmpdir=FOLDER; libraries already unpacked:"
                            + " -Donnxruntime.native.path=FOLDER)",
                    e);
        }
    }

    private static String rootOf(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.toString();
    }
}
