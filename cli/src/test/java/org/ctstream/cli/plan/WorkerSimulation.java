package org.ctstream.cli.plan;

import java.util.Arrays;
import java.util.Random;

/**
 * Scans that arrive at random, fall on a partition by chance, and are classified by the worker that has the partition:
 * event by event, with none of the formulas of what it checks.
 */
final class WorkerSimulation {
    private final BatchCost cost;
    private final int workers;
    private final int partitions;
    private final Random random;

    WorkerSimulation(BatchCost cost, int workers, int partitions, long seed) {
        this.cost = cost;
        this.workers = workers;
        this.partitions = partitions;
        this.random = new Random(seed);
    }

    /** Sorted seconds from arrival to the end of the batch, of all scans but the first tenth. */
    double[] run(double scansPerSecond, int scans) {
        double[] arrival = new double[scans];
        int[] worker = new int[scans];
        double now = 0;
        for (int i = 0; i < scans; i++) {
            now -= Math.log(1 - random.nextDouble()) / scansPerSecond;
            arrival[i] = now;
            worker[i] = random.nextInt(partitions) % workers;
        }
        double[] times = new double[scans];
        for (int w = 0; w < workers; w++) {
            serve(arrival, worker, w, times);
        }
        double[] kept = Arrays.copyOfRange(times, scans / 10, scans);
        Arrays.sort(kept);
        return kept;
    }

    private void serve(double[] arrival, int[] worker, int own, double[] times) {
        int[] mine = new int[arrival.length];
        int count = 0;
        for (int i = 0; i < arrival.length; i++) {
            if (worker[i] == own) {
                mine[count++] = i;
            }
        }
        double free = 0;
        int next = 0;
        while (next < count) {
            double start = Math.max(free, arrival[mine[next]]);
            int end = next;
            while (end < count && end - next < cost.maxBatch() && arrival[mine[end]] <= start) {
                end++;
            }
            free = start + cost.seconds(end - next);
            for (int i = next; i < end; i++) {
                times[mine[i]] = free - arrival[mine[i]];
            }
            next = end;
        }
    }

    static double mean(double[] times) {
        return Arrays.stream(times).average().orElseThrow();
    }

    static double quantile(double[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    }
}
