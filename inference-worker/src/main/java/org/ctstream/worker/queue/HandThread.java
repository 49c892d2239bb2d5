package org.ctstream.worker.queue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.error.StageException;
import org.ctstream.service.lifecycle.Backoff;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works one hand: takes records, hands them on, renews their locks for as long as they take, and accepts each as soon as
 * Kafka has its result. It takes new ones once all are done.
 *
 * <p>Where it has to let go of records, it closes its share consumer and opens another: Kafka then delivers them again at
 * once. Brokers of 4.3 count that as a delivery; later ones take it back, which they never do for a release.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads; the work is done by one of its own.
 */
final class HandThread {
    private static final Logger log = LoggerFactory.getLogger(HandThread.class);
    private static final Duration POLL_WHILE_IDLE = Duration.ofMillis(50);
    /** While others wait for the engine, or for Kafka to answer. */
    private static final long SHORT_WAIT_MS = 5;

    private static final long WAIT_FOR_SETTLED_MS = 50;
    /** A lock is renewed when a third of its time is over: two more attempts fit into the rest. */
    private static final int RENEWALS_PER_LOCK = 3;

    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration SLOWEST_RETRY = Duration.ofSeconds(5);

    private final Function<Queue<Delivery>, Hand> hands;
    private final Intake intake;
    private final Duration lockDuration;
    private final BlockingQueue<Delivery> settled = new LinkedBlockingQueue<>();
    private final Backoff backoff = new Backoff(FIRST_RETRY, SLOWEST_RETRY);
    private final CountDownLatch abandoned = new CountDownLatch(1);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Thread thread;
    private volatile boolean stopping;
    private volatile boolean resting;
    private volatile @Nullable Hand current;

    /**
     * @param hands opens a hand whose settled deliveries go into that queue
     * @param lockDuration how long Kafka locks a record, until it says so itself
     */
    HandThread(String name, Function<Queue<Delivery>, Hand> hands, Intake intake, Duration lockDuration) {
        this.hands = hands;
        this.intake = intake;
        this.lockDuration = lockDuration;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Takes nothing more, and ends once all it has handed on is done. What it has not is Kafka's again. */
    void stop() {
        stopping = true;
    }

    /** Ends now. What is not done is Kafka's again. */
    void abandon() {
        stopping = true;
        abandoned.countDown();
    }

    /** Whether to give everything back and take nothing, because this worker cannot do any of it. */
    void rest(boolean wanted) {
        resting = wanted;
    }

    boolean isConnected() {
        Hand hand = current;
        return hand != null && hand.isConnected();
    }

    boolean hasEnded() {
        return !thread.isAlive();
    }

    void join(Duration atMost) {
        try {
            thread.join(atMost.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @throws FatalStageException if it has ended of something only a person can mend */
    void check() {
        Throwable ended = failure.get();
        if (ended instanceof FatalStageException fatal) {
            throw fatal;
        }
        if (ended != null) {
            throw new FatalStageException(
                    Stage.DESERIALIZE, "Thread " + thread.getName() + " died: " + ended.getMessage(), ended);
        }
    }

    private void run() {
        try {
            while (!stopping) {
                if (resting) {
                    pause(POLL_WHILE_IDLE);
                } else {
                    tryWork();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            failure.set(e);
            log.atError().setCause(e).log("Taking records ended");
        }
    }

    /** Works with one hand until that fails, or this worker rests or stops. */
    private void tryWork() throws InterruptedException {
        settled.clear();
        try (Hand hand = hands.apply(settled)) {
            current = hand;
            while (!stopping && !resting) {
                var waiting = new ArrayDeque<>(hand.take(POLL_WHILE_IDLE));
                backoff.succeeded();
                if (hand.size() > 0) {
                    finish(hand, waiting);
                }
            }
        } catch (KafkaException e) {
            StageException known = Failures.of(Stage.DESERIALIZE, e);
            if (!(known instanceof RetriableStageException)) {
                throw known;
            }
            log.atWarn().addKeyValue("reason", known.getMessage()).log("Cannot take records; trying again");
            pause(backoff.next());
        } finally {
            current = null;
        }
    }

    /** Returns when all that the hand has is done, or has to be let go. */
    private void finish(Hand hand, ArrayDeque<Delivery> waiting) throws InterruptedException {
        long renewed = System.nanoTime();
        while (hand.size() > (stopping ? waiting.size() : 0) && !resting && !isAbandoned()) {
            if (!stopping) {
                intake.take(waiting);
            }
            takeSettled(waiting.isEmpty() && !hand.isRenewing() ? WAIT_FOR_SETTLED_MS : SHORT_WAIT_MS);
            waiting.addAll(hand.recover());
            hand.accept();
            waiting.removeIf(Delivery::isGone);
            Duration since = Duration.ofNanos(System.nanoTime() - renewed);
            if (hand.isRenewing()) {
                requireAnswer(hand, since);
            } else if (since.compareTo(hand.lockDuration(lockDuration).dividedBy(RENEWALS_PER_LOCK)) >= 0) {
                renewed = System.nanoTime();
                hand.renew();
            }
        }
    }

    /** A client that neither says that records are renewed nor that they are lost would hold this hand for ever. */
    private void requireAnswer(Hand hand, Duration since) {
        Duration patience = hand.lockDuration(lockDuration).multipliedBy(2);
        if (since.compareTo(patience) > 0) {
            throw new TimeoutException("No answer to the renewal of locks in " + since);
        }
    }

    private void takeSettled(long atMostMs) throws InterruptedException {
        Delivery delivery = settled.poll(atMostMs, TimeUnit.MILLISECONDS);
        while (delivery != null) {
            delivery.done();
            delivery = settled.poll();
        }
    }

    private boolean isAbandoned() {
        return abandoned.getCount() == 0;
    }

    private void pause(Duration wait) throws InterruptedException {
        var unused = abandoned.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    }
}
