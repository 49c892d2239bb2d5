package org.ctstream.worker.predict;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.EngineDescription;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.health.Health;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.worker.batch.PendingScan;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine on a thread of its own, with a few batches before it that the Kafka thread fills while the engine computes.
 * Outcomes come out in the order of the batches, as soon as a batch is done.
 *
 * <p>All batches are run on the one engine thread, and that thread also opens the first classifier, opens one again
 * after its device was lost, and closes each that has served. A successor is opened and run once elsewhere, and takes
 * over between two batches: every batch is one classifier's alone.
 *
 * <h2>Thread safety</h2>
 * Used by one thread, the Kafka thread; the engine thread is inside. {@link #swapTo}, {@link #release} and
 * {@link #engine} are safe from any.
 */
public final class EnginePipeline implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EnginePipeline.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long CLOSE_TIMEOUT_MS = 10_000;

    private final WarmEngine warmEngine;
    private final Clock clock;
    private final Consumer<List<Outcome>> finished;
    private final BatchQueue batches;
    private final AtomicInteger inHand = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Timer inferenceTimer;
    private final DistributionSummary batchSizes;
    private final Thread thread;
    private final SwapSlot swaps = new SwapSlot();
    private volatile Classifier serving;
    private volatile boolean closing;

    /**
     * Opens the engine, so that a model that cannot work stops the start.
     *
     * @param opener opens the engine and runs it once, so that the first scan does not pay for the engine's first call;
     *     called again after the device was lost
     * @param finished hears of each batch's outcomes, on the engine's thread; must not wait
     * @throws ClassifierException if the engine cannot be opened
     */
    public EnginePipeline(
            Supplier<Classifier> opener,
            BatchLimits limits,
            Consumer<List<Outcome>> finished,
            Health health,
            Metrics metrics,
            Clock clock) {
        this.warmEngine = new WarmEngine(opener, health);
        this.finished = finished;
        this.clock = clock;
        this.inferenceTimer = metrics.timer("inference.batch", "Time the engine takes for one batch");
        this.batchSizes = DistributionSummary.builder("ctstream.batch.size")
                .description("Scans in one batch")
                .register(metrics.registry());
        var opened = new LinkedBlockingQueue<Object>();
        var queue = new CompletableFuture<BatchQueue>();
        this.thread = new Thread(() -> runEngine(opened, queue), "engine");
        thread.setDaemon(true);
        thread.start();
        Classifier first = awaitOpened(opened);
        this.serving = first;
        this.batches = new BatchQueue(limits, first.release(), System::nanoTime);
        queue.complete(batches);
    }

    /** The release that is being served. */
    public ModelRelease release() {
        return serving.release();
    }

    /** What serves it. */
    public EngineDescription engine() {
        return serving.engine();
    }

    /**
     * Hands over a classifier that takes over after the batch that runs now, or runs that one too if the device was lost
     * meanwhile, and owns it from here on. One that still
     * waits is replaced and closed; so is one that comes after the end.
     *
     * @param successor of a release whose slices have the size of the present one's
     */
    public void swapTo(Successor successor) {
        swaps.offer(successor);
    }

    /** Scans that {@link #submit} will take now. */
    public int room() {
        return batches.room();
    }

    /** Waits until there is room, but not for long. */
    public void awaitRoom(Duration atMost) {
        try {
            batches.awaitRoom(atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** True while the device is lost and nothing will be finished until it is back. */
    public boolean isLost() {
        return warmEngine.isLost();
    }

    /** Scans submitted whose outcomes have not been handed over. */
    public int inHand() {
        return inHand.get();
    }

    /** Copies the scans for the engine, which takes them as soon as it is free; at most {@link #room()} of them. */
    public void submit(List<PendingScan> scans) {
        inHand.addAndGet(scans.size());
        batches.add(scans);
    }

    /** Whether batches that are not full are taken without a wait, because somebody waits for the last outcome. */
    public void hurry(boolean wanted) {
        batches.hurry(wanted);
    }

    /** @throws FatalStageException if the engine thread has died */
    public void check() {
        Throwable died = failure.get();
        if (died != null) {
            throw new FatalStageException(Stage.CLASSIFY, "The engine thread died: " + died.getMessage(), died);
        }
    }

    /** Ends the engine thread after its current batch and closes the engine. Batches it has not taken are dropped. */
    @Override
    public void close() {
        closing = true;
        // Ends a wait for work or for a lost device at once; a batch in native code cannot be interrupted.
        thread.interrupt();
        try {
            thread.join(CLOSE_TIMEOUT_MS);
            if (thread.isAlive()) {
                log.atWarn().log("The engine is still busy; the process ends without closing it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Classifier awaitOpened(BlockingQueue<Object> opened) {
        try {
            Object result = opened.take();
            if (result instanceof RuntimeException e) {
                throw e;
            }
            return (Classifier) result;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FatalStageException(Stage.CLASSIFY, "Interrupted while opening the engine", e);
        }
    }

    private void runEngine(BlockingQueue<Object> opened, CompletableFuture<BatchQueue> queue) {
        Classifier classifier;
        try {
            classifier = warmEngine.open();
        } catch (RuntimeException e) {
            opened.add(e);
            return;
        } catch (Error e) {
            // A native library that cannot be linked, for one: the thread must not die in silence.
            opened.add(new ClassifierException.Unavailable("Cannot open the engine: " + e, e));
            return;
        }
        opened.add(classifier);
        try {
            serve(classifier, queue.join());
        } catch (RuntimeException | Error e) {
            failure.set(e);
            log.atError().setCause(e).log("Engine thread died");
        }
    }

    private void serve(Classifier firstClassifier, BatchQueue queue) {
        Classifier classifier = firstClassifier;
        try {
            var isolating = new IsolatingClassifier(classifier, clock);
            while (!closing) {
                Successor successor = swaps.take();
                if (successor != null) {
                    classifier = swap(classifier, successor);
                    isolating = new IsolatingClassifier(classifier, clock);
                }
                PreparedBatch batch = queue.take(POLL);
                if (batch == null) {
                    continue;
                }
                List<Outcome> outcomes = null;
                while (outcomes == null && !closing) {
                    try {
                        outcomes = timed(isolating, batch);
                    } catch (ClassifierException.DeviceLost e) {
                        classifier = reopen(classifier, e);
                        isolating = new IsolatingClassifier(classifier, clock);
                    }
                }
                if (outcomes != null) {
                    outcomes.addAll(batch.rejected());
                    queue.giveBack(batch);
                    finished.accept(outcomes);
                    // Only now: what has left the engine's hand is in the other's.
                    inHand.addAndGet(-outcomes.size());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            classifier.close();
            swaps.end();
        }
    }

    /** The release that is served again, or its successor if one comes first. */
    private Classifier reopen(Classifier lost, ClassifierException.DeviceLost cause) throws InterruptedException {
        lost.close();
        Optional<Classifier> again = warmEngine.reopen(cause, swaps, () -> closing);
        if (again.isPresent()) {
            return again.get();
        }
        Successor successor = swaps.take();
        if (successor == null) {
            throw new IllegalStateException("The successor is gone, which only this thread takes");
        }
        return swap(lost, successor);
    }

    private Classifier swap(Classifier old, Successor successor) {
        warmEngine.opensWith(successor.opener());
        serving = successor.classifier();
        old.close();
        successor.onServing().run();
        return successor.classifier();
    }

    private List<Outcome> timed(IsolatingClassifier isolating, PreparedBatch batch) {
        int size = batch.slices().size();
        if (size == 0) {
            return new ArrayList<>();
        }
        long start = System.nanoTime();
        List<Outcome> outcomes = isolating.classify(batch);
        inferenceTimer.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        batchSizes.record(size);
        return outcomes;
    }
}
