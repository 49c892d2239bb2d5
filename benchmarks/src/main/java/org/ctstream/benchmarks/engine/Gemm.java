package org.ctstream.benchmarks.engine;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.time.Duration;
import org.ctstream.benchmarks.measure.Calls;

/**
 * The machine's own limit: products of square float32 matrices, as fast as PyTorch's library computes them. Everything a
 * convolution does can at best be as fast.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 */
final class Gemm implements AutoCloseable {
    static final int SIDE = 2048;

    private static final double FLOP = 2.0 * SIDE * SIDE * SIDE;
    private static final double MILLI_FLOPS_PER_GFLOPS = 1e6;

    private final NDManager manager;
    private final NDArray left;
    private final NDArray right;
    private final int threads;

    Gemm(int threads) {
        this.threads = threads;
        this.manager = Engine.getEngine("PyTorch").newBaseManager();
        this.left = manager.randomNormal(0, 1, new Shape(SIDE, SIDE), DataType.FLOAT32);
        this.right = manager.randomNormal(0, 1, new Shape(SIDE, SIDE), DataType.FLOAT32);
    }

    /** GFLOP/s, a median over products for at least that long. */
    double gflops(Duration atLeast) throws Exception {
        JniUtils.setNumThreads(threads); // a setting of the process, which an engine may have changed
        double millis = Calls.medianMillis(atLeast, () -> {
            try (NDArray product = left.matMul(right)) {
                product.getFloat(0, 0); // there is no product before somebody has read from it
            }
        });
        return FLOP / millis / MILLI_FLOPS_PER_GFLOPS;
    }

    @Override
    public void close() {
        manager.close();
    }
}
