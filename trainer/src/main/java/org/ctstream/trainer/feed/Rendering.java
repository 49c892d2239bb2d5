package org.ctstream.trainer.feed;

import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;

/** Turns samples into numbers. Thread-safe. */
public interface Rendering {
    /** Shape of one sample: (H, W, C), or (features). */
    Shape shape();

    /** Appends one sample's values, row-major. */
    void render(Sample sample, FloatBuffer target);
}
