package org.ctstream.model.engine.tensorrt;

import java.util.ArrayList;
import java.util.List;

/**
 * Slices of a batch that one run computes.
 *
 * @param from index of the first, inclusive
 * @param to index of the last, exclusive; at least one more than the first
 */
record Portion(int from, int to) {
    Portion {
        if (from < 0 || to <= from) {
            throw new IllegalArgumentException("a portion has at least one slice, found " + from + " to " + to);
        }
    }

    /**
     * Divides a batch among runs of a fixed number of slices: all but the last are full.
     *
     * @param slices in the batch, at least 1
     * @param perRun slices of each run, at least 1
     */
    static List<Portion> of(int slices, int perRun) {
        if (slices < 1 || perRun < 1) {
            throw new IllegalArgumentException(
                    "cannot divide " + slices + " slices into runs of " + perRun + ": both must be 1 or more");
        }
        List<Portion> portions = new ArrayList<>();
        for (int from = 0; from < slices; from += perRun) {
            portions.add(new Portion(from, Math.min(slices, from + perRun)));
        }
        return portions;
    }

    int size() {
        return to - from;
    }
}
