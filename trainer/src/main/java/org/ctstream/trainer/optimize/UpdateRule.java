package org.ctstream.trainer.optimize;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** How one tensor moves along its gradient. Stateless: what it remembers of a tensor lies in that tensor's slots. */
public interface UpdateRule {
    /** Names of the arrays, each of the tensor's shape and zero at first, that the rule remembers of each tensor. */
    List<String> slots();

    /**
     * Moves a tensor, in place; the gradient may be overwritten.
     *
     * @param weight float32, any shape, moved
     * @param gradient of the same shape
     * @param slots one array per {@link #slots() slot}, moved
     * @param learningRate positive
     * @param update number of this update, from 1
     */
    void update(NDArray weight, NDArray gradient, List<NDArray> slots, float learningRate, long update);
}
