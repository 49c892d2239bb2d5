package org.ctstream.model.engine.tensorrt;

import java.nio.FloatBuffer;
import java.util.Optional;

/**
 * One execution of a compiled network, with memory of its own for a fixed number of slices N.
 *
 * <p>The buffers belong to the session and stay the same. Not thread-safe; sessions of one network may run at the same
 * time.
 */
interface Session extends AutoCloseable {

    /** The input, (slices N, rows H, columns W), row-major, grey values 0 to 255. What is written stays until overwritten. */
    FloatBuffer slices();

    /**
     * Computes all N slices, whatever they are.
     *
     * @throws RuntimeException of the engine's if it fails
     */
    void run();

    /** The last run's logits, (slices N, 2): negative, positive. */
    FloatBuffer logits();

    /** The last run's class activation maps, (slices N, rows, columns); empty if the network has none. */
    Optional<FloatBuffer> evidence();

    @Override
    void close();
}
