package org.ctstream.model.engine.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.LongStream;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.Prediction;
import org.ctstream.model.classify.SliceBatch;

/**
 * Times several classifiers on the same batch in turn, so that whatever else the machine does in the meantime concerns all
 * of them.
 *
 * <p>Each gets a block of calls, then the next; every second round goes backwards. Blocks are long enough for the threads
 * of the one before to have gone to sleep: engines let theirs spin for a while after a call. Before that each computes the
 * batch twice unmeasured.
 *
 * <h2>Thread safety</h2>
 * For one thread; nothing is kept between calls.
 */
public final class InterleavedTiming {
    private static final int WARM_UP_CALLS = 2;
    /** Bounds what is kept of calls that take no time at all. */
    private static final int MOST_CALLS_IN_A_BLOCK = 2_000;

    private final Duration perContestant;
    private final int rounds;

    /**
     * @param perContestant time each is measured for in all; more if a round's single call takes longer than its share,
     *     less if a round has {@value #MOST_CALLS_IN_A_BLOCK} calls before
     * @param rounds blocks of each, at least 1
     */
    public InterleavedTiming(Duration perContestant, int rounds) {
        if (rounds < 1 || perContestant.isNegative()) {
            throw new IllegalArgumentException("a timing needs at least one round and no negative time, found " + rounds
                    + " rounds and " + perContestant);
        }
        this.perContestant = perContestant;
        this.rounds = rounds;
    }

    /**
     * @param batch slices every call computes, no more than any contestant takes
     * @return in the contestants' order
     * @throws org.ctstream.model.classify.ClassifierException if one of them fails
     */
    public List<Timing> measure(List<Contestant> contestants, SliceBatch batch) {
        return measure(contestants, batch, round -> {});
    }

    /** @param onRound is told the number of rounds that are done, from 0 (warm) to all of them */
    public List<Timing> measure(List<Contestant> contestants, SliceBatch batch, IntConsumer onRound) {
        List<Entry> entries = contestants.stream().map(Entry::new).toList();
        for (Entry entry : entries) {
            for (int i = 0; i < WARM_UP_CALLS; i++) {
                nanosOf(entry.contestant().classifier(), batch);
            }
        }
        onRound.accept(0);
        List<Entry> order = new ArrayList<>(entries);
        for (int round = 1; round <= rounds; round++) {
            for (Entry entry : order) {
                block(entry.contestant().classifier(), batch, entry.nanos());
            }
            Collections.reverse(order);
            onRound.accept(round);
        }
        return entries.stream().map(entry -> entry.timing(batch.size())).toList();
    }

    private record Entry(Contestant contestant, LongStream.Builder nanos) {
        Entry(Contestant contestant) {
            this(contestant, LongStream.builder());
        }

        Timing timing(int batch) {
            return Timing.of(contestant.name(), batch, nanos.build().toArray());
        }
    }

    private void block(Classifier classifier, SliceBatch batch, LongStream.Builder times) {
        long share = perContestant.toNanos() / rounds;
        long spent = 0;
        for (int i = 0; i == 0 || (spent < share && i < MOST_CALLS_IN_A_BLOCK); i++) {
            long nanos = nanosOf(classifier, batch);
            times.add(nanos);
            spent += nanos;
        }
    }

    private static long nanosOf(Classifier classifier, SliceBatch batch) {
        long begin = System.nanoTime();
        List<Prediction> predictions = classifier.classify(batch);
        long nanos = System.nanoTime() - begin;
        if (predictions.size() != batch.size()) {
            throw new IllegalStateException(classifier.engine().text() + " gave " + predictions.size()
                    + " predictions for " + batch.size() + " slices");
        }
        return nanos;
    }
}
