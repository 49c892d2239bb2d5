package org.ctstream.model.engine.support;

/** DJL without any traffic: what must be set before its first engine is loaded. */
public final class OfflineDjl {
    private OfflineDjl() {}

    /**
     * DJL would otherwise look for newer libraries on a server, tell another one that it was started, and load PyTorch
     * beside ONNX Runtime. What the operator has set stays.
     */
    public static void configure() {
        setIfAbsent("ai.djl.offline");
        setIfAbsent("OPT_OUT_TRACKING");
        setIfAbsent("ai.djl.onnx.disable_alternative");
    }

    private static void setIfAbsent(String key) {
        if (System.getProperty(key) == null && System.getenv(key) == null) {
            System.setProperty(key, "true");
        }
    }
}
