package org.ctstream.reliability.storm;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.ctstream.cli.stack.StackListener;
import org.ctstream.embedded.broker.BrokerProcess;
import org.ctstream.reliability.cluster.Fleet;
import org.ctstream.reliability.cluster.Platform;
import org.ctstream.reliability.cluster.Signals;

/**
 * Strikes one process after the other until it is over, and brings back what it struck. Whom it strikes, how and when
 * comes from the seed; what they were doing does not.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 */
public final class Storm implements AutoCloseable {
    private static final int RECOVERING_AT_ONCE = 4;
    private static final int STARTING_ONE_IN = 4;
    private static final long PAUSE_SPREAD_MS = 6_000;

    private final List<Victim> victims;
    private final StormPlan plan;
    private final Random random;
    private final StormLog log;
    private final StackListener listener;
    private final Tally tally = new Tally();
    private final Deque<String> notYetStruck;
    private final Set<Victim> down = ConcurrentHashMap.newKeySet();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ScheduledExecutorService recovery = Executors.newScheduledThreadPool(RECOVERING_AT_ONCE);
    private volatile boolean heldUp;
    private final Thread thread = new Thread(this::rage, "storm");

    /** A storm over these that has not begun; brokers are struck only if another can take over. */
    public Storm(Platform platform, Fleet fleet, StormPlan plan, long seed, Path logFile, StackListener listener) {
        this(victims(platform, fleet), plan, seed, logFile, listener);
    }

    Storm(List<Victim> victims, StormPlan plan, long seed, Path logFile, StackListener listener) {
        this.victims = List.copyOf(victims);
        this.plan = plan;
        this.random = new Random(seed);
        this.notYetStruck = new ArrayDeque<>(shuffledKinds());
        this.log = new StormLog(logFile);
        this.listener = listener;
        thread.setDaemon(true);
    }

    public void begin() {
        log.note("the storm begins: " + plan.text());
        thread.start();
    }

    /** Holds it up or lets it go on: on a slow machine all that is struck may need a while to do any work at all. */
    public void holdUp(boolean wanted) {
        if (wanted != heldUp) {
            log.note(wanted ? "a lull" : "the lull is over");
        }
        heldUp = wanted;
    }

    public Tally tally() {
        return tally;
    }

    /** Ends it and waits until everything is up again. */
    public void end() {
        if (over.getCount() == 0) {
            return;
        }
        over.countDown();
        join();
        recovery.shutdown();
        try {
            if (!recovery.awaitTermination(3, TimeUnit.MINUTES)) {
                listener.trouble("The storm's victims are not up again: " + down);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        log.note("the storm is over");
        log.close();
    }

    @Override
    public void close() {
        end();
        recovery.shutdownNow();
    }

    private void join() {
        try {
            thread.join(Duration.ofMinutes(1).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void rage() {
        try {
            long pause = plan.everyMillis() / 2 + random.nextLong(plan.everyMillis());
            while (!over.await(pause, TimeUnit.MILLISECONDS)) {
                if (!heldUp) {
                    strike();
                }
                pause = plan.everyMillis() / 2 + random.nextLong(plan.everyMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.note("the storm died down by itself: " + e);
            listener.trouble("The storm died down by itself: " + e);
        }
    }

    private void strike() {
        String kind = nextKind();
        boolean pausing = plan.pauses() && random.nextBoolean();
        int choice = random.nextInt(Integer.MAX_VALUE);
        long wait = pausing
                ? plan.shortestPause().toMillis() + random.nextLong(PAUSE_SPREAD_MS)
                : 1 + random.nextLong(plan.downMillis());
        boolean alsoWhileStarting = random.nextInt(STARTING_ONE_IN) == 0;
        List<Victim> candidates = candidates(kind, alsoWhileStarting);
        if (candidates.isEmpty()) {
            log.note("no " + kind + " to strike");
            return;
        }
        notYetStruck.remove(kind);
        Victim victim = candidates.get(choice % candidates.size());
        down.add(victim);
        if (pausing) {
            pause(victim, wait);
        } else {
            kill(victim, wait);
        }
    }

    /** Each kind once, so that a short storm has all of them, then as it comes. */
    private String nextKind() {
        if (!notYetStruck.isEmpty()) {
            notYetStruck.addLast(notYetStruck.removeFirst());
            return notYetStruck.getLast();
        }
        List<String> kinds =
                plan.kinds().stream().filter(kind -> kinds().contains(kind)).toList();
        return kinds.get(random.nextInt(kinds.size()));
    }

    private List<String> shuffledKinds() {
        var kinds = new ArrayList<>(kinds());
        Collections.shuffle(kinds, random);
        return kinds;
    }

    private Set<String> kinds() {
        return victims.stream().map(Victim::kind).collect(Collectors.toCollection(TreeSet::new));
    }

    private List<Victim> candidates(String kind, boolean alsoWhileStarting) {
        // One broker at a time: with two of three away there is no quorum, and nothing to be learned.
        if (kind.equals("broker")
                && down.stream().anyMatch(victim -> victim.kind().equals(kind))) {
            return List.of();
        }
        List<Victim> up = new ArrayList<>();
        for (Victim victim : victims) {
            if (victim.kind().equals(kind)
                    && !down.contains(victim)
                    && (alsoWhileStarting ? victim.isUp() : victim.isAtWork())) {
                up.add(victim);
            }
        }
        return up;
    }

    private void kill(Victim victim, long wait) {
        log.note("kill -9 " + victim.name() + " pid " + victim.pid() + ", down for " + wait + " ms");
        victim.kill();
        tally.killed(victim.kind());
        later(wait, victim, victim::revive);
    }

    private void pause(Victim victim, long wait) {
        long pid = victim.pid();
        log.note("kill -STOP " + victim.name() + " pid " + pid + ", for " + wait + " ms");
        Signals.pause(pid);
        tally.paused(victim.kind());
        later(wait, victim, () -> Signals.resume(pid));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it reports its own failures
    private void later(long wait, Victim victim, Runnable recover) {
        recovery.schedule(
                () -> {
                    try {
                        recover.run();
                        log.note(victim.name() + " is back, pid " + victim.pid());
                    } catch (RuntimeException e) {
                        listener.trouble(victim.name() + " does not come back: " + e.getMessage());
                        if (over.getCount() > 0) {
                            later(wait, victim, recover);
                            return;
                        }
                    }
                    down.remove(victim);
                },
                wait,
                TimeUnit.MILLISECONDS);
    }

    private static List<Victim> victims(Platform platform, Fleet fleet) {
        List<Victim> all = new ArrayList<>();
        fleet.all().forEach(service -> all.add(new ServiceVictim(service)));
        List<BrokerProcess> brokers = platform.brokers().nodes();
        for (int i = 0; brokers.size() > 2 && i < brokers.size(); i++) {
            all.add(new BrokerVictim("broker-" + (i + 1), brokers.get(i), platform::isInSync));
        }
        return List.copyOf(all);
    }
}
