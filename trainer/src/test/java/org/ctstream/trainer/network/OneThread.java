package org.ctstream.trainer.network;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;

/** The engine on one thread, so that tests are quick beside other work and add up in one order. */
public final class OneThread {
    static {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        Engine.getEngine("PyTorch");
        JniUtils.setNumThreads(1);
    }

    private OneThread() {}

    /** Loads the engine if that has not been done. */
    public static void load() {
        Gradients.off();
    }

    /** A manager to be closed by the caller. */
    public static NDManager manager() {
        load();
        return NDManager.newBaseManager("PyTorch");
    }
}
