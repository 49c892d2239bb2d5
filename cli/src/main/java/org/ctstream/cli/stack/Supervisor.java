package org.ctstream.cli.stack;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.ctstream.service.lifecycle.ServiceRunner;
import org.jspecify.annotations.Nullable;

/**
 * Starts services that end unexpectedly again, a bounded number of times: one that is killed comes back and its work is
 * done by the others meanwhile, one that cannot work is given up.
 *
 * <h2>Thread safety</h2>
 * Safe for use by several threads.
 */
final class Supervisor implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final List<RoleProcess> roles;
    private final StackListener listener;
    private final Map<RoleProcess, RestartBudget> budgets = new HashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(run -> {
        var thread = new Thread(run, "supervisor");
        thread.setDaemon(true);
        return thread;
    });
    private volatile @Nullable String givenUp;

    Supervisor(List<RoleProcess> roles, StackListener listener) {
        this.roles = List.copyOf(roles);
        this.listener = listener;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // look() reports its own failures
    void start() {
        timer.scheduleWithFixedDelay(this::look, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Why a service was given up, if one was. */
    Optional<String> failure() {
        return Optional.ofNullable(givenUp);
    }

    /** Lets the services end; waits for a restart that is under way. */
    @Override
    public void close() {
        timer.shutdown();
        try {
            // A start is bounded in time itself.
            timer.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        timer.shutdownNow();
    }

    private void look() {
        for (RoleProcess role : roles) {
            if (givenUp == null && !timer.isShutdown() && !role.isAlive()) {
                restart(role);
            }
        }
    }

    private void restart(RoleProcess role) {
        int code = role.exitCode();
        RestartBudget budget = budgets.computeIfAbsent(role, unseen -> new RestartBudget(System::nanoTime));
        if (code == ServiceRunner.EXIT_CONFIGURATION || !budget.spend()) {
            giveUp(role, "ended with exit code " + code);
            return;
        }
        listener.trouble(role.name() + " ended with exit code " + code + " and is started again (" + budget.spent()
                + " of " + RestartBudget.MOST + "); its log is " + role.logFile());
        try {
            role.start();
            listener.step(role.name() + " is ready again");
        } catch (RuntimeException e) {
            // Anything thrown from here would end the supervision in silence.
            if (!timer.isShutdown()) {
                giveUp(role, "could not be started again: " + e.getMessage());
            }
        }
    }

    private void giveUp(RoleProcess role, String why) {
        givenUp = role.name() + " " + why + ". The end of " + role.logFile() + ":\n" + FileTail.of(role.logFile());
    }
}
