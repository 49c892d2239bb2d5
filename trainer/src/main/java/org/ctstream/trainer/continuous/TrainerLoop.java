package org.ctstream.trainer.continuous;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.health.Health;
import org.ctstream.service.lifecycle.Backoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the labels again and again on a thread of its own, for one step of training may take longer than a service may
 * be silent. Asked to stop, that thread ends after its step, or, interrupted, before its next batch.
 */
final class TrainerLoop {
    private static final Logger log = LoggerFactory.getLogger(TrainerLoop.class);
    private static final Duration TICK = Duration.ofMillis(500);
    /** Enough for a look at the labels to end by itself; an interrupted Kafka client complains. */
    private static final Duration GENTLE = Duration.ofSeconds(1);

    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration SLOWEST_RETRY = Duration.ofSeconds(30);

    private final TrainingCycle cycle;
    private final Duration interval;
    private final Duration drain;
    private final Health health;
    private final Stop stop;

    /**
     * @param interval between two looks
     * @param drain how long a stop may wait for the step that is on
     */
    TrainerLoop(TrainingCycle cycle, Duration interval, Duration drain, Health health, Stop stop) {
        this.cycle = cycle;
        this.interval = interval;
        this.drain = drain;
        this.health = health;
        this.stop = stop;
    }

    /** Returns when asked to stop; throws what ended the thread otherwise. */
    void run() {
        ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
            var made = new Thread(task, "training");
            made.setDaemon(true);
            return made;
        });
        Future<?> looking = thread.submit(this::look);
        while (!stop.isGiven() && !looking.isDone()) {
            health.signOfLife();
            stop.await(TICK);
        }
        thread.shutdown();
        try {
            if (!thread.awaitTermination(GENTLE.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
            if (!thread.awaitTermination(drain.toMillis(), TimeUnit.MILLISECONDS)) {
                log.atWarn()
                        .addKeyValue("drainTimeoutMs", drain.toMillis())
                        .log("The step that is on did not end in time; its epoch is done again at the next start");
            } else if (!stop.isGiven()) {
                looking.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new FatalStageException(Stage.STORE, "The training thread ended: " + e.getCause(), e);
        }
    }

    private void look() {
        var backoff = new Backoff(FIRST_RETRY, SLOWEST_RETRY);
        while (!stop.isGiven()) {
            try {
                cycle.run();
                health.ready(TrainingCycle.KAFKA);
                backoff.succeeded();
                stop.await(interval);
            } catch (RetriableStageException e) {
                health.notReady(TrainingCycle.KAFKA, String.valueOf(e.getMessage()));
                log.atWarn()
                        .addKeyValue("attempt", backoff.failures() + 1)
                        .addKeyValue("reason", e.getMessage())
                        .log("Kafka or the schema registry is away");
                stop.await(backoff.next());
            }
        }
    }
}
