package org.ctstream.sink.watch;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.error.StageException;
import org.ctstream.service.lifecycle.Sweeps;
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

    private final WatchAdmin admin;
    private final LagQuery query;
    private final HeadTimes heads;
    private final LagMeters meters;
    private final Sweeps looks;

    private LagWatch(WatchAdmin admin, HeadTimes heads, LagMeters meters, Duration interval) {
        this.admin = admin;
        this.query = new LagQuery(admin);
        this.heads = heads;
        this.meters = meters;
        this.looks = Sweeps.start("lag-watch", interval, closing -> look());
    }

    /** Begins to look that often. */
    public static LagWatch start(ServiceConfig config, Metrics metrics, Duration interval) {
        return new LagWatch(
                WatchAdmin.of(config, "ctstream-lag-" + config.string(CommonKeys.INSTANCE_NAME)),
                HeadTimes.of(config),
                new LagMeters(metrics, Clock.systemUTC()),
                interval);
    }

    @Override
    public void close() {
        looks.close();
        admin.close();
    }

    private void look() {
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
