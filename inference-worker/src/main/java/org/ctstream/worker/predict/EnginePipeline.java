package org.ctstream.worker.predict;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.EngineDescription;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.health.Health;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.worker.batch.PendingScan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine on a thread of its own, with a few batches of each lane before it that the lanes' threads fill while it
 * computes. A STAT scan is in the next batch the engine takes, within the bound {@link BatchLimits} sets. Outcomes come
 * out as soon as a batch is done, each lane's in the order its scans went in.
 *
 * <p>A successor is opened and run once elsewhere, and takes over between two batches: every batch is one classifier's
 * alone.
 *
 * <h2>Thread safety</h2>
 * Scans of a lane are submitted by one thread, the lane's; everything else is safe from any.
 */
public final class EnginePipeline implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EnginePipeline.class);
    private static final long CLOSE_TIMEOUT_MS = 10_000;

    private final WarmEngine warmEngine;
    private final InHand inHand;
    private final EngineRun run;
    private final Thread thread;
    private final BatchQueue batches;

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
        var counts = new InHand(metrics);
        this.inHand = counts;
        this.run = new EngineRun(
                warmEngine,
                release -> new BatchQueue(limits, release, System::nanoTime),
                // In this order: what has left the engine's hand is in the other's.
                finished.andThen(counts::handedOver),
                new EngineMeters(metrics),
                clock);
        this.thread = new Thread(run, "engine");
        thread.setDaemon(true);
        thread.start();
        this.batches = run.awaitOpened();
    }

    /** The release that is being served. */
    public ModelRelease release() {
        return run.serving().release();
    }

    /** What serves it. */
    public EngineDescription engine() {
        return run.serving().engine();
    }

    /**
     * Hands over a classifier that takes over after the batch that runs now, or runs that one too if the device was lost
     * meanwhile, and owns it from here on. One that still waits is replaced and closed; so is one that comes after the
     * end.
     *
     * @param successor of a release whose slices have the size of the present one's
     */
    public void swapTo(Successor successor) {
        run.swapTo(successor);
    }

    /** Scans of the lane that {@link #submit} will take now. */
    public int room(Lane lane) {
        return batches.room(lane);
    }

    /** Waits until the lane has room, but not for long. */
    public void awaitRoom(Lane lane, Duration atMost) {
        try {
            batches.awaitRoom(lane, atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** True while the device is lost and nothing will be finished until it is back. */
    public boolean isLost() {
        return warmEngine.isLost();
    }

    /** Scans of the lane submitted whose outcomes have not been handed over. */
    public int inHand(Lane lane) {
        return inHand.of(lane);
    }

    /**
     * Copies scans of one lane for the engine, which takes them as soon as it is free; at most {@link #room} of them.
     */
    public void submit(List<PendingScan> scans) {
        inHand.taken(scans);
        batches.add(scans);
    }

    /** Whether the lane's batches are taken without a wait before they are full: somebody waits for the last outcome. */
    public void hurry(Lane lane, boolean wanted) {
        batches.hurry(lane, wanted);
    }

    /** @throws FatalStageException if the engine thread has died */
    public void check() {
        run.check();
    }

    /** Ends the engine thread after its current batch and closes the engine. Batches it has not taken are dropped. */
    @Override
    public void close() {
        run.end();
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
}
