package org.ctstream.ingest.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.health.Health;
import org.ctstream.service.metrics.Metrics;

/**
 * One life of the service's topologies: start, watch, close. Alive means that each runs or rebalances and that no task
 * has been still for longer than the liveness bound; ready means that each is RUNNING. Where one ends, all do. For one
 * run.
 */
public final class StreamsRun {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Health health;
    private final TaskWatch watch;
    private final Stop stop;
    private final ThreadFailures failures;
    private final Duration livenessBound;
    private final Duration drain;

    /**
     * @param livenessBound longest time a task may be busy with one record
     * @param drain longest time the close may take to finish and commit what is in hand
     */
    public StreamsRun(Health health, TaskWatch watch, Stop stop, Duration livenessBound, Duration drain) {
        this.health = health;
        this.watch = watch;
        this.stop = stop;
        this.failures = new ThreadFailures(stop);
        this.livenessBound = livenessBound;
        this.drain = drain;
    }

    /**
     * Runs until the stop, then closes and leaves the groups, so that others take over at once.
     *
     * @throws FatalStageException if a thread died of something only a person can mend
     */
    public void run(List<StreamsPart> parts, Metrics metrics) {
        var clients = new ArrayList<StreamsClient>();
        try {
            for (StreamsPart part : parts) {
                var client = new StreamsClient(part, health, failures);
                clients.add(client);
                client.start(metrics);
            }
            watchUntilOver(clients);
        } finally {
            close(clients);
        }
        failures.fatal().ifPresent(failure -> {
            throw failure;
        });
        if (!stop.isRequested()) {
            throw new FatalStageException(
                    Stage.NORMALIZE, "Kafka Streams stopped without being asked to: " + clients, null);
        }
    }

    private void watchUntilOver(List<StreamsClient> clients) {
        do {
            if (clients.stream().anyMatch(StreamsClient::isEnding)) {
                return;
            }
            watch.forgetThoseGone();
            if (watch.allMovedWithin(livenessBound)) {
                health.signOfLife();
            }
        } while (!stop.await(LOOK));
    }

    /** One after the other within one bound: each ends in a few milliseconds, or hangs. */
    private void close(List<StreamsClient> clients) {
        long deadline = System.nanoTime() + drain.toNanos();
        for (StreamsClient client : clients) {
            client.close(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
    }
}
