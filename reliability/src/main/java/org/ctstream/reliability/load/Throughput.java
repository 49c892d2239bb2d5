package org.ctstream.reliability.load;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ctstream.benchmarks.cluster.CommittedCount;
import org.ctstream.cli.CliException;
import org.ctstream.cli.connect.Connection;
import org.ctstream.schemas.topic.Topic;

/** Keeps the workers busy and measures how many results come. For one thread. */
public final class Throughput implements AutoCloseable {
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final NormalizedFlow flow;
    private final CommittedCount results;
    private final long ahead;

    /** @param ahead scans that always wait */
    public Throughput(Connection connection, long ahead) {
        this.flow = new NormalizedFlow(connection);
        this.results = CommittedCount.fromNow(connection, Topic.SCAN_CLASSIFIED);
        this.ahead = Math.max(200, ahead);
    }

    /** Fills the topic before the first measurement. */
    public void begin() {
        flow.keepAhead(results.count(), ahead);
    }

    /** Results per second over that time, while the topic is kept filled. */
    public double run(Duration time) {
        long from = results.poll();
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < time.toNanos()) {
            flow.keepAhead(results.poll(), ahead);
        }
        return (results.poll() - from) * NANOS / (System.nanoTime() - begun);
    }

    /**
     * Publishes nothing more and waits for every result.
     *
     * @throws CliException if none comes for two minutes, or the time is up
     */
    public void stopAndAwaitAll(Duration longest) {
        long deadline = System.nanoTime() + longest.toNanos();
        results.await(flow.sent(), seen -> {
            if (System.nanoTime() - deadline > 0) {
                throw CliException.failure("Only " + seen + " of " + flow.sent() + " results in time", null);
            }
        });
    }

    /** Ids of all that were written. */
    public List<String> ids() {
        return flow.ids();
    }

    @Override
    public void close() {
        flow.close();
        results.close();
    }
}
