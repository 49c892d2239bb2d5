package org.ctstream.service.lifecycle;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one service as a process: drains on SIGTERM and SIGINT, and turns a fatal failure into an exit code.
 *
 * <p>A JVM that is told to end runs its shutdown hooks and then halts whatever else still runs, so the hook must hold
 * the JVM until the drain is over, and no longer than the bound.
 */
public final class ServiceRunner {
    public static final int EXIT_OK = 0;
    public static final int EXIT_FATAL = 1;
    public static final int EXIT_CONFIGURATION = 2;

    private static final Logger log = LoggerFactory.getLogger(ServiceRunner.class);
    private static final Duration CLOSE_GRACE = Duration.ofSeconds(10);

    private ServiceRunner() {}

    /** Runs the service to its end on the calling thread and returns the exit code. */
    public static int run(StreamService service, Duration drainTimeout) {
        var done = new CountDownLatch(1);
        var hook = new Thread(() -> stopAndAwait(service, done, drainTimeout), service.name() + "-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try (service) {
            service.run();
            log.atInfo().addKeyValue("name", service.name()).log("Service stopped");
            return EXIT_OK;
        } catch (RuntimeException e) {
            log.atError().addKeyValue("name", service.name()).setCause(e).log("Service failed");
            return EXIT_FATAL;
        } finally {
            done.countDown();
            removeHook(hook);
        }
    }

    private static void stopAndAwait(StreamService service, CountDownLatch done, Duration drainTimeout) {
        log.atInfo().addKeyValue("name", service.name()).log("Service draining");
        service.requestStop();
        try {
            // The drain has its bound; closing clients and leaving the group after it has this much more.
            if (!done.await(drainTimeout.plus(CLOSE_GRACE).toMillis(), TimeUnit.MILLISECONDS)) {
                log.atWarn()
                        .addKeyValue("name", service.name())
                        .addKeyValue("drainTimeoutMs", drainTimeout.toMillis())
                        .log("Service did not drain in time; what was not committed is done again by another instance");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            log.trace("The JVM is already going down, which is why we are here", e);
        }
    }
}
