package org.ctstream.trainer.network;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;

/**
 * The scope in which a thread records what it computes, to derive gradients from.
 *
 * <p>libtorch keeps the mode per thread and begins with it on, which would keep every intermediate result of every
 * forward pass; so the training thread turns it off for good and on for a scope.
 *
 * <h2>Thread safety</h2>
 * One scope at a time in a process, which is DJL's limit.
 */
public final class Gradients implements AutoCloseable {
    private final GradientCollector collector;

    private Gradients(GradientCollector collector) {
        this.collector = collector;
    }

    /** Turns recording off in this thread. */
    public static void off() {
        JniUtils.setGradMode(false);
    }

    /** Records until closed. */
    public static Gradients on() {
        return new Gradients(Engine.getEngine("PyTorch").newGradientCollector());
    }

    /** Adds the gradient of a scalar to the gradients of everything it depends on that wants one. */
    public void addOf(NDArray loss) {
        collector.backward(loss);
    }

    @Override
    public void close() {
        collector.close();
    }
}
