package org.ctstream.model.engine.pytorch;

import ai.djl.pytorch.jni.JniUtils;

/**
 * Whether this thread records what it computes, to derive gradients from later.
 *
 * <p>libtorch keeps it per thread and has it on in every new one; DJL turns it off only in the thread that loads the
 * engine. A forward pass with it on may keep all its intermediate results, several times the memory.
 */
final class GradMode implements AutoCloseable {
    private final boolean before;

    private GradMode(boolean before) {
        this.before = before;
    }

    /** Turns it off in this thread until closed. */
    static GradMode off() {
        GradMode mode = new GradMode(JniUtils.isGradMode());
        if (mode.before) {
            JniUtils.setGradMode(false);
        }
        return mode;
    }

    /** Puts it back as it was. */
    @Override
    public void close() {
        if (before) {
            JniUtils.setGradMode(true);
        }
    }
}
