package org.ctstream.worker.predict;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.Stage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the engine's thread does: opens the first classifier, runs batch by batch, opens it again after its device was
 * lost, lets a successor take over between two batches, and closes each that has served.
 *
 * <h2>Thread safety</h2>
 * {@link #run} belongs to one thread; the other methods are safe from any.
 */
final class EngineRun implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(EngineRun.class);
    private static final Duration POLL = Duration.ofMillis(100);

    private final WarmEngine warmEngine;
    private final Function<ModelRelease, BatchQueue> queues;
    private final Consumer<List<Outcome>> finished;
    private final EngineMeters meters;
    private final Clock clock;
    private final SwapSlot swaps = new SwapSlot();
    private final CompletableFuture<BatchQueue> opened = new CompletableFuture<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile @Nullable Classifier serving;
    private volatile boolean closing;

    /**
     * @param queues makes the batches before an engine that takes slices of this release's size
     * @param finished hears of each batch's outcomes; must not wait
     */
    EngineRun(
            WarmEngine warmEngine,
            Function<ModelRelease, BatchQueue> queues,
            Consumer<List<Outcome>> finished,
            EngineMeters meters,
            Clock clock) {
        this.warmEngine = warmEngine;
        this.queues = queues;
        this.finished = finished;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Waits until the first classifier is open.
     *
     * @return where to put the scans
     * @throws ClassifierException if it cannot be opened
     */
    BatchQueue awaitOpened() {
        try {
            return opened.get();
        } catch (ExecutionException e) {
            throw (RuntimeException) e.getCause(); // nothing else is put there
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FatalStageException(Stage.CLASSIFY, "Interrupted while opening the engine", e);
        }
    }

    /** The classifier that serves; once {@link #awaitOpened} has returned. */
    Classifier serving() {
        return Objects.requireNonNull(serving, "no classifier is open yet");
    }

    void swapTo(Successor successor) {
        swaps.offer(successor);
    }

    /** @throws FatalStageException if the thread has died */
    void check() {
        Throwable died = failure.get();
        if (died != null) {
            throw new FatalStageException(Stage.CLASSIFY, "The engine thread died: " + died.getMessage(), died);
        }
    }

    /** Ends after the batch that runs now; its thread may have to be interrupted to hear of it. */
    void end() {
        closing = true;
    }

    @Override
    public void run() {
        BatchQueue batches;
        try {
            Classifier first = warmEngine.open();
            serving = first;
            batches = queues.apply(first.release());
        } catch (RuntimeException e) {
            opened.completeExceptionally(e);
            return;
        } catch (Error e) {
            // A native library that cannot be linked, for one: the thread must not die in silence.
            opened.completeExceptionally(new ClassifierException.Unavailable("Cannot open the engine: " + e, e));
            return;
        }
        opened.complete(batches);
        try {
            serve(batches);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            failure.set(e);
            log.atError().setCause(e).log("Engine thread died");
        } finally {
            release(serving());
            swaps.end();
        }
    }

    private void serve(BatchQueue batches) throws InterruptedException {
        var classifier = new IsolatingClassifier(serving(), clock);
        while (!closing) {
            Successor successor = swaps.take();
            if (successor != null) {
                classifier = swap(successor);
            }
            PreparedBatch batch = batches.take(POLL);
            if (batch != null) {
                meters.taken(batch);
            }
            List<Outcome> outcomes = null;
            while (batch != null && outcomes == null && !closing) {
                try {
                    outcomes = new ArrayList<>(meters.classify(classifier, batch));
                } catch (ClassifierException.DeviceLost e) {
                    classifier = reopen(e);
                }
            }
            if (batch != null && outcomes != null) {
                outcomes.addAll(batch.rejected());
                batches.giveBack(batch);
                finished.accept(outcomes);
            }
        }
    }

    /** The release that is served again, or its successor if one comes first. */
    private IsolatingClassifier reopen(ClassifierException.DeviceLost cause) throws InterruptedException {
        release(serving());
        Optional<Classifier> again = warmEngine.reopen(cause, swaps, () -> closing);
        if (again.isPresent()) {
            serving = again.get();
            return new IsolatingClassifier(again.get(), clock);
        }
        Successor successor = swaps.take();
        if (successor == null) {
            throw new IllegalStateException("The successor is gone, which only this thread takes");
        }
        return swap(successor);
    }

    private IsolatingClassifier swap(Successor successor) {
        Classifier old = serving();
        warmEngine.opensWith(successor.opener());
        serving = successor.classifier();
        release(old);
        successor.onServing().run();
        return new IsolatingClassifier(successor.classifier(), clock);
    }

    /** What is bound to a device that is lost may not close either: that is no reason to open no other. */
    private static void release(Classifier classifier) {
        try {
            classifier.close();
        } catch (RuntimeException e) {
            log.atWarn()
                    .addKeyValue("release", classifier.release().id())
                    .setCause(e)
                    .log("Cannot close the engine; what it holds stays taken until the process ends");
        }
    }
}
