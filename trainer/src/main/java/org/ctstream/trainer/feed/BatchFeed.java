package org.ctstream.trainer.feed;

import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Batches in order, rendered by threads ahead of the training step.
 *
 * <h2>Thread safety</h2>
 * None; it belongs to the training thread, which closes it.
 */
public final class BatchFeed implements Iterator<Batch>, AutoCloseable {
    private final Rendering rendering;
    private final Iterator<List<Sample>> plan;
    private final double mixup;
    private final int ahead;
    private final ExecutorService threads;
    private final Deque<Future<Batch>> pending = new ArrayDeque<>();
    private long waitedNanos;

    /**
     * @param plan samples of each batch, in order
     * @param mixup alpha of {@link Mix#draw}, 0 for none
     * @param threadCount rendering threads, at least 1; twice as many batches are held in memory
     */
    public BatchFeed(Rendering rendering, List<List<Sample>> plan, double mixup, int threadCount) {
        this.rendering = rendering;
        this.plan = plan.iterator();
        this.mixup = mixup;
        this.ahead = 2 * threadCount;
        this.threads = Executors.newFixedThreadPool(threadCount, runnable -> {
            Thread thread = new Thread(runnable, "batch-feed");
            thread.setDaemon(true);
            return thread;
        });
        refill();
    }

    @Override
    public boolean hasNext() {
        return !pending.isEmpty();
    }

    @Override
    public Batch next() {
        Future<Batch> first = pending.poll();
        if (first == null) {
            throw new NoSuchElementException("the plan is at its end");
        }
        // A batch that is there already is given out without a look at the interrupt, and a step may take a minute.
        if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("interrupted before the next batch");
        }
        refill();
        long start = System.nanoTime();
        try {
            return first.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a batch", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("a batch could not be rendered: " + e.getCause(), e);
        } finally {
            waitedNanos += System.nanoTime() - start;
        }
    }

    /** How long the training step has waited for batches so far. */
    public long waitedNanos() {
        return waitedNanos;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void refill() {
        while (pending.size() < ahead && plan.hasNext()) {
            List<Sample> samples = plan.next();
            pending.add(threads.submit(() -> render(samples)));
        }
    }

    private Batch render(List<Sample> samples) {
        Shape one = rendering.shape();
        ByteBuffer values = ByteBuffer.allocateDirect(Math.toIntExact(one.size() * samples.size() * Float.BYTES))
                .order(ByteOrder.nativeOrder());
        FloatBuffer floats = values.asFloatBuffer();
        for (Sample sample : samples) {
            rendering.render(sample, floats);
        }
        floats.flip();
        Mix mix = Mix.draw(mixup, samples.get(0).seed());
        mix.apply(floats, samples.size());
        return new Batch(samples, values, new Shape(samples.size()).addAll(one), mix);
    }
}
