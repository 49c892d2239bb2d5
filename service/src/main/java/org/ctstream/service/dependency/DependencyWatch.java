package org.ctstream.service.dependency;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ctstream.service.dependency.Answers.Standing;
import org.ctstream.service.dependency.Dependency.Need;
import org.ctstream.service.health.Health;
import org.ctstream.service.metrics.CommonMeter;
import org.ctstream.service.metrics.Metrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks everything a service depends on every two seconds whether it is there, for a service that has nothing to do would
 * not notice otherwise. What gives no answer for six seconds is away: long enough for a broker of several to be replaced
 * by another, and soon enough to be seen within ten. Each dependency is asked on a thread of its own, so that a question
 * that hangs says nothing of the others.
 *
 * <p>Metric {@code ctstream_dependency_up{dependency}}: 1 while it answers, 0 while it is away.
 *
 * <h2>Thread safety</h2>
 * Owns its threads; {@link #close} is safe from any.
 */
public final class DependencyWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DependencyWatch.class);

    private final Health health;
    private final Pace pace;
    private final List<Watched> all = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    private DependencyWatch(Health health, Pace pace) {
        this.health = health;
        this.pace = pace;
    }

    /** Begins to ask. Nothing is said of a dependency before it has answered or been silent for too long. */
    public static DependencyWatch start(Health health, Metrics metrics, List<Dependency> dependencies) {
        return start(health, metrics, dependencies, Pace.STANDARD);
    }

    static DependencyWatch start(Health health, Metrics metrics, List<Dependency> dependencies, Pace pace) {
        var watch = new DependencyWatch(health, pace);
        for (Dependency dependency : dependencies) {
            var watched = new Watched(dependency, new Answers(pace.awayAfterLooks()));
            watch.all.add(watched);
            metrics.gauge(CommonMeter.DEPENDENCY_UP, watched, one -> one.away ? 0 : 1, dependency.part());
            daemon("watch-" + dependency.part(), () -> watch.askAgainAndAgain(watched));
        }
        daemon("watch", watch::lookAgainAndAgain);
        return watch;
    }

    /** Ends the questions; what was last said stays said. Does not wait for a question that hangs. */
    @Override
    public void close() {
        closed.countDown();
    }

    /** Until the end: a probe that cannot be made, as while a host's name does not resolve, is made again. */
    private void askAgainAndAgain(Watched watched) {
        do {
            askByOneProbe(watched);
        } while (!closedWithin(pace.betweenQuestions()));
    }

    private void askByOneProbe(Watched watched) {
        Duration wait;
        try (Probe probe = watched.dependency.probe().get()) {
            do {
                wait = ask(probe, watched.answers) ? pace.betweenQuestions() : pace.afterFailure();
            } while (!closedWithin(wait));
        } catch (RuntimeException | Error e) {
            // What is away is said in the log once; why, on /readyz.
            watched.answers.failed("cannot be asked: " + e);
            log.atDebug()
                    .addKeyValue("dependency", watched.dependency.part())
                    .setCause(e)
                    .log("A dependency cannot be asked");
        }
    }

    @SuppressWarnings("InterruptedExceptionSwallowed") // Nobody interrupts these threads; a client that says so failed.
    private static boolean ask(Probe probe, Answers answers) {
        try {
            probe.ask();
            answers.answered();
            return true;
        } catch (Exception e) {
            answers.failed(e.getClass().getSimpleName() + ": " + e.getMessage());
            return false;
        }
    }

    private void lookAgainAndAgain() {
        do {
            all.forEach(this::look);
        } while (!closedWithin(pace.betweenLooks()));
    }

    private void look(Watched watched) {
        Standing standing = watched.answers.look();
        if (standing == Standing.AWAY) {
            away(watched);
        } else if (standing == Standing.THERE && (watched.away || !watched.told)) {
            there(watched);
        }
    }

    private void away(Watched watched) {
        Dependency dependency = watched.dependency;
        String why = dependency.what() + " is away: no answer for "
                + pace.awayAfter().toSeconds() + " s or more, at last: " + watched.answers.lastFailure() + "; "
                + dependency.meanwhile();
        if (dependency.need() == Need.TO_WORK) {
            health.notReady(dependency.part(), why);
        } else {
            health.note(dependency.part(), "degraded: " + why);
        }
        if (!watched.away) {
            log.atWarn()
                    .addKeyValue("dependency", dependency.part())
                    .addKeyValue("reason", why)
                    .log("A dependency is away");
        }
        watched.away = true;
        watched.told = true;
    }

    private void there(Watched watched) {
        Dependency dependency = watched.dependency;
        if (dependency.need() == Need.TO_WORK) {
            health.ready(dependency.part());
        } else {
            health.forgetNote(dependency.part());
        }
        if (watched.away) {
            log.atInfo().addKeyValue("dependency", dependency.part()).log("A dependency is back");
        }
        watched.away = false;
        watched.told = true;
    }

    private boolean closedWithin(Duration time) {
        try {
            return closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static void daemon(String name, Runnable task) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** A dependency and what is known of it; written by the looking thread alone. */
    private static final class Watched {
        private final Dependency dependency;
        private final Answers answers;
        private boolean told;
        private volatile boolean away;

        Watched(Dependency dependency, Answers answers) {
            this.dependency = dependency;
            this.answers = answers;
        }
    }
}
