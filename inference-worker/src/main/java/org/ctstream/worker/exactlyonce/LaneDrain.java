package org.ctstream.worker.exactlyonce;

import java.time.Duration;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.worker.predict.EnginePipeline;
import org.ctstream.worker.publish.Outbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits until what a lane has in hand is finished and committed, within a bound. For one thread, the lane's. */
final class LaneDrain {
    private static final Logger log = LoggerFactory.getLogger(LaneDrain.class);
    private static final Duration WAIT = Duration.ofMillis(10);

    private final Lane lane;
    private final EnginePipeline engine;
    private final Outbox outbox;
    private final Runnable check;
    private final Duration timeout;

    /** @param check called all the while; throws if there is nothing to wait for */
    LaneDrain(Lane lane, EnginePipeline engine, Outbox outbox, Runnable check, Duration timeout) {
        this.lane = lane;
        this.engine = engine;
        this.outbox = outbox;
        this.check = check;
        this.timeout = timeout;
    }

    void run(String why) {
        long deadline = System.nanoTime() + timeout.toNanos();
        engine.hurry(lane, true);
        while (hasSomethingInHand() && System.nanoTime() - deadline < 0) {
            check.run();
            outbox.awaitSettled(lane, WAIT);
        }
        engine.hurry(lane, false);
        if (engine.inHand(lane) > 0 || !outbox.isEmpty(lane)) {
            log.atWarn()
                    .addKeyValue("why", why)
                    .addKeyValue("lane", lane.word())
                    .addKeyValue("withEngine", engine.inHand(lane))
                    .addKeyValue("outcomes", outbox.size(lane))
                    .addKeyValue("drainTimeoutMs", timeout.toMillis())
                    .log("Could not drain in time; another worker does these scans again");
        }
    }

    /** The engine is asked first: what leaves its hand is in the outbox by then. A lost one hands nothing over. */
    private boolean hasSomethingInHand() {
        boolean withEngine = engine.inHand(lane) > 0 && !engine.isLost();
        return withEngine || !outbox.isEmpty(lane);
    }
}
