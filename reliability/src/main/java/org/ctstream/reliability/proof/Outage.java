package org.ctstream.reliability.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.ctstream.cli.stack.Role;
import org.ctstream.embedded.part.StackPart;
import org.ctstream.reliability.cluster.Platform;
import org.ctstream.reliability.cluster.PostgresServer;
import org.ctstream.reliability.cluster.ServiceProcess;
import org.ctstream.service.health.HealthParts;

/**
 * Something the services need, to be taken away and given back.
 *
 * @param name for example {@code broker}
 * @param dependents roles that cannot work without it
 * @param felt whether a service shows that it is away
 * @param take takes it away
 * @param giveBack brings it back
 */
record Outage(String name, Set<Role> dependents, Predicate<ServiceProcess> felt, Runnable take, Runnable giveBack) {
    /** All there are. */
    static List<Outage> of(Platform platform) {
        List<? extends StackPart> brokers = platform.brokers().nodes();
        Path models = platform.plan().folder().resolve("models");
        var all = new ArrayList<Outage>();
        all.add(new Outage(
                "broker",
                Set.of(Role.values()),
                Outage::isNotReady,
                () -> brokers.forEach(StackPart::kill),
                () -> platform.brokers().start()));
        all.add(new Outage(
                "registry",
                Set.of(Role.values()),
                Outage::isNotReady,
                () -> platform.registry().kill(),
                () -> platform.registry().start()));
        if (platform.database() instanceof PostgresServer postgres) {
            all.add(new Outage("database", Set.of(Role.SINK), Outage::isNotReady, postgres::stop, postgres::start));
        }
        Path elsewhere = models.resolveSibling("models-away");
        all.add(new Outage(
                "model-store",
                Set.of(Role.WORKER),
                Outage::hasNoted,
                () -> move(models, elsewhere),
                () -> move(elsewhere, models)));
        return List.copyOf(all);
    }

    private static boolean isNotReady(ServiceProcess service) {
        return !service.isReady();
    }

    /** A worker that serves a release is of use without the store: it stays ready, and a note says what it could not do. */
    private static boolean hasNoted(ServiceProcess service) {
        return service.isNoted(HealthParts.MODEL_STORE) || isNotReady(service);
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot move " + from + " to " + to, e);
        }
    }
}
