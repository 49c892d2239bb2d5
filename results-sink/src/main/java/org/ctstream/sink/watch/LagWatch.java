package org.ctstream.sink.watch;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.error.StageException;
import org.ctstream.service.metrics.Metrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks again and again how far the groups of the stream are behind and sets the meters of it, on a thread of its own
 * until closed. While the cluster does not answer there is no such meter.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class LagWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LagWatch.class);
    private static final long CLOSE_TIMEOUT_MS = 10_000;

    private final WatchAdmin admin;
    private final HeadTimes heads;
    private final LagMeters meters;
    private final Duration interval;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "lag-watch");

    private LagWatch(WatchAdmin admin, HeadTimes heads, LagMeters meters, Duration interval) {
        this.admin = admin;
        this.heads = heads;
        this.meters = meters;
        this.interval = interval;
    }

    /** Begins to look that often. */
    public static LagWatch start(ServiceConfig config, Metrics metrics, Duration interval) {
        var watch = new LagWatch(
                WatchAdmin.of(config, "ctstream-lag-" + config.string(CommonKeys.INSTANCE_NAME)),
                HeadTimes.of(config),
                new LagMeters(metrics, Clock.systemUTC()),
                interval);
        watch.thread.setDaemon(true);
        watch.thread.start();
        return watch;
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(CLOSE_TIMEOUT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        admin.close();
    }

    private void run() {
        var query = new LagQuery(admin);
        try {
            do {
                look(query);
            } while (!closing.await(interval.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(LagQuery query) {
        try {
            List<GroupLag> lags = query.read();
            meters.show(lags, heads.of(LagMeters.behind(lags)));
        } catch (StageException e) {
            meters.forget();
            // That the cluster is away is said by whoever needs it for more than this.
            log.atDebug().addKeyValue("reason", e.getMessage()).log("Lag cannot be told");
        } catch (RuntimeException e) {
            meters.forget();
            log.atWarn().setCause(e).log("Lag cannot be told");
        }
    }
}
