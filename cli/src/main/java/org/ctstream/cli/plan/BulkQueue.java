package org.ctstream.cli.plan;

import java.util.Arrays;

/**
 * One worker with scans that arrive at random, as a queue with service in bulk: an idle engine takes what is there, and
 * what arrives while it computes waits and is taken together, up to the largest batch. Times of a batch are fixed by its
 * size.
 *
 * <p>With Poisson arrivals this is M/D<sup>[1,B]</sup>/1, solved here without approximation but for the cut of the queue
 * at a length that practically never comes: the number of scans that wait when a batch ends is a Markov chain. Means
 * follow by Little's law; the distribution of times from where in a batch's time a scan arrives, in {@value #MOMENTS}
 * steps.
 *
 * @see "Bailey, N. T. J. (1954), On Queueing Processes with Bulk Service; Neuts, M. F. (1967), A General Class of Bulk
 *     Queues with Poisson Input"
 */
final class BulkQueue {
    private static final int MOMENTS = 40;
    private static final int STEPS = 40;
    private static final int BINS = 40_000;
    private static final int MOST_TURNS = 50_000;
    private static final double CLOSE_ENOUGH = 1e-12;

    private final double rate;
    private final BatchCost cost;
    private final double[] waitingAtEnd;

    private BulkQueue(double rate, BatchCost cost) {
        this.rate = rate;
        this.cost = cost;
        this.waitingAtEnd = stationary();
    }

    /**
     * @param rate scans per second that arrive at the worker, above 0 and below its capacity
     * @throws IllegalArgumentException if no engine of that cost can keep up
     */
    static Times of(double rate, BatchCost cost) {
        if (!(rate > 0 && rate < cost.capacity())) {
            throw new IllegalArgumentException("rate " + rate
                    + " scans/s (expected: above 0 and below the worker's capacity, " + cost.capacity() + " scans/s)");
        }
        return new BulkQueue(rate, cost).times();
    }

    /** Probabilities of 0, 1, 2, … scans that wait when a batch ends. */
    private double[] stationary() {
        int size = longestQueue();
        Poisson[] arrivals = new Poisson[cost.maxBatch() + 1];
        for (int batch = 1; batch <= cost.maxBatch(); batch++) {
            arrivals[batch] = Poisson.of(rate * cost.seconds(batch));
        }
        double[] now = new double[size];
        now[0] = 1;
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            double[] next = new double[size];
            for (int waiting = 0; waiting < size; waiting++) {
                if (now[waiting] > 0) {
                    add(next, now[waiting], waiting - taken(waiting), arrivals[batchAfter(waiting)]);
                }
            }
            double change = distance(now, next);
            now = next;
            if (change < CLOSE_ENOUGH) {
                return now;
            }
        }
        throw new IllegalArgumentException(
                "rate " + rate + " scans/s is too close to the worker's capacity of " + cost.capacity() + " scans/s");
    }

    private static void add(double[] next, double probability, int left, Poisson arrivals) {
        for (int i = 0; i < arrivals.count(); i++) {
            int state = Math.min(next.length - 1, left + arrivals.first() + i);
            next[state] += probability * arrivals.probability(i);
        }
    }

    private static double distance(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += Math.abs(one[i] - other[i]);
        }
        return sum;
    }

    /** Beyond the mean, queues get rarer by e for each utilization / (2 (1 - utilization)) scans (diffusion limit). */
    private int longestQueue() {
        double load = rate / cost.capacity();
        double perBatch = rate * cost.seconds(cost.maxBatch());
        return (int) Math.ceil(3.0 * cost.maxBatch() + 12 * Math.sqrt(perBatch + 1) + 20 * load / (1 - load) + 20);
    }

    private int taken(int waiting) {
        return Math.min(waiting, cost.maxBatch());
    }

    /** An idle engine takes the next scan alone. */
    private int batchAfter(int waiting) {
        return Math.max(1, taken(waiting));
    }

    private Times times() {
        double scansWaiting = 0;
        double cycle = 0;
        double busy = 0;
        double served = 0;
        double inService = 0;
        for (int waiting = 0; waiting < waitingAtEnd.length; waiting++) {
            double p = waitingAtEnd[waiting];
            int batch = batchAfter(waiting);
            double service = cost.seconds(batch);
            scansWaiting += p * ((waiting - taken(waiting)) * service + rate * service * service / 2);
            cycle += p * (service + (waiting == 0 ? 1 / rate : 0));
            busy += p * service;
            served += p * batch;
            inService += p * batch * service;
        }
        double mean = scansWaiting / cycle / rate + inService / served;
        double[] quantiles = quantiles(0.5, 0.95, 0.99);
        return new Times(busy / cycle, served, mean, quantiles[0], quantiles[1], quantiles[2]);
    }

    private double[] quantiles(double... shares) {
        double longest = cost.seconds(cost.maxBatch()) * (3.0 + waitingAtEnd.length / (double) cost.maxBatch());
        double[] bins = new double[BINS];
        for (int waiting = 0; waiting < waitingAtEnd.length; waiting++) {
            if (waitingAtEnd[waiting] > 1e-9) {
                spread(bins, longest, waiting);
            }
        }
        double all = Arrays.stream(bins).sum();
        double[] found = new double[shares.length];
        double sum = 0;
        int next = 0;
        for (int bin = 0; bin < BINS && next < shares.length; bin++) {
            sum += bins[bin];
            while (next < shares.length && sum >= shares[next] * all) {
                found[next++] = (bin + 0.5) * longest / BINS;
            }
        }
        return found;
    }

    /** Adds the times of the scans that arrive while the batch runs that begins with so many waiting. */
    private void spread(double[] bins, double longest, int waiting) {
        double p = waitingAtEnd[waiting];
        double service = cost.seconds(batchAfter(waiting));
        if (waiting == 0) {
            put(bins, longest, cost.seconds(1), p);
        }
        int left = waiting - taken(waiting);
        for (int moment = 0; moment < MOMENTS; moment++) {
            double since = (moment + 0.5) / MOMENTS * service;
            Poisson before = Poisson.of(rate * since);
            double weight = p * rate * service / MOMENTS;
            int ahead = left + before.first();
            int fullBatches = -1;
            double wait = 0;
            double[][] after = {};
            for (int i = 0; i < before.count(); i++, ahead++) {
                if (ahead / cost.maxBatch() != fullBatches) {
                    // What is ahead goes in full batches first; the scan's own has the rest and who comes meanwhile.
                    fullBatches = ahead / cost.maxBatch();
                    wait = service - since + fullBatches * cost.seconds(cost.maxBatch());
                    after = Poisson.of(rate * wait).steps(STEPS);
                }
                int rest = ahead % cost.maxBatch() + 1;
                for (double[] step : after) {
                    double own = Math.min(cost.maxBatch(), rest + step[0]);
                    put(bins, longest, wait + cost.seconds(own), weight * before.probability(i) * step[1]);
                }
            }
        }
    }

    private static void put(double[] bins, double longest, double time, double weight) {
        bins[(int) Math.min(BINS - 1, time / longest * BINS)] += weight;
    }
}
