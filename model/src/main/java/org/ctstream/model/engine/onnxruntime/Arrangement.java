package org.ctstream.model.engine.onnxruntime;

/**
 * How a batch is computed.
 *
 * @param runs runs of the network at the same time, at least 1
 * @param threadsPerRun threads of each run, at least 1
 * @param slicesPerRun the most slices of one run, at least 1
 */
record Arrangement(int runs, int threadsPerRun, int slicesPerRun) {
    Arrangement {
        if (runs < 1 || threadsPerRun < 1 || slicesPerRun < 1) {
            throw new IllegalArgumentException("runs, threads and slices per run are at least 1, found " + runs + ", "
                    + threadsPerRun + " and " + slicesPerRun);
        }
    }

    /**
     * Into how many parts a batch is divided: none larger than allowed, and a multiple of the runs at the same time if
     * there are more, so that all of them end at about the same time.
     */
    int parts(int slices) {
        int needed = (slices + slicesPerRun - 1) / slicesPerRun;
        int rounds = (needed + runs - 1) / runs;
        return Math.min(slices, rounds * runs);
    }

    /** The first slice of a part, parts being as equal as can be; of the part after the last, the number of slices. */
    static int firstSlice(int part, int parts, int slices) {
        return (int) ((long) part * slices / parts);
    }

    /** For logs, for example {@code 2x1x4}: runs, threads of each, slices of each. */
    @Override
    public String toString() {
        return runs + "x" + threadsPerRun + "x" + slicesPerRun;
    }
}
