package org.ctstream.sink.deliver;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ctstream.service.error.StageException;
import org.ctstream.service.health.Health;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.sink.store.Outbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers to every endpoint, each on a thread of its own, so that one that is slow holds up no other.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 */
public final class Deliveries implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Deliveries.class);

    /** What an attempt came to is noted in the database after it. */
    private static final Duration NOTING = Duration.ofSeconds(1);

    private final List<Channel> channels;
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Duration longestStop;

    private Deliveries(List<Channel> channels, DeliveryRules rules) {
        this.channels = List.copyOf(channels);
        this.longestStop = rules.timeout().plus(NOTING);
    }

    /**
     * Registers the endpoints in the database and begins.
     *
     * @param instance name of this process, for people who look into the database
     * @throws StageException if the database is away or refuses
     */
    public static Deliveries start(
            String instance,
            List<Channel> channels,
            Outbox outbox,
            DeliveryRules rules,
            Health health,
            Metrics metrics,
            Clock clock) {
        List<String> names = channels.stream().map(Channel::endpoint).toList();
        for (String removed : outbox.configure(names, rules.suppressStudyMinutes())) {
            log.atWarn()
                    .addKeyValue("endpoint", removed)
                    .addKeyValue("pending", outbox.depth(removed).pending())
                    .log(
                            "No alerts go to this endpoint any more, for it is not configured; what waits stays in the outbox");
        }
        var deliveries = new Deliveries(channels, rules);
        // A start of its own: what an earlier process of the same name took may still be under way.
        String owner = instance + "/" + UUID.randomUUID();
        for (Channel channel : deliveries.channels) {
            var meters = new DeliveryMeters(metrics, channel.endpoint(), clock);
            var loop = new EndpointLoop(channel, owner, outbox, rules, meters, health, clock, deliveries.stopping);
            var thread = new Thread(loop, "alerts-to-" + channel.endpoint());
            thread.setDaemon(true);
            deliveries.threads.add(thread);
            thread.start();
        }
        return deliveries;
    }

    /** Waits for the attempts in hand, which are bounded. */
    @Override
    public void close() {
        stopping.countDown();
        long end = System.nanoTime() + longestStop.toNanos();
        try {
            for (Thread thread : threads) {
                // Never 0, which would wait for ever.
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.forEach(Thread::interrupt);
        channels.forEach(Channel::close);
    }
}
