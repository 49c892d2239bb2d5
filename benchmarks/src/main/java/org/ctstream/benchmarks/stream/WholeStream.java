package org.ctstream.benchmarks.stream;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ctstream.benchmarks.cluster.ServicePages;
import org.ctstream.benchmarks.input.EncodedScans;
import org.ctstream.cli.CliException;
import org.ctstream.cli.stack.LocalStack;
import org.ctstream.cli.stack.ReleaseChoice;
import org.ctstream.cli.stack.Role;
import org.ctstream.cli.stack.RoleProcess;
import org.ctstream.cli.stack.StackListener;
import org.ctstream.cli.stack.StackSettings;
import org.ctstream.publisher.PublishListener;
import org.ctstream.publisher.PublishSettings;
import org.ctstream.publisher.Receipt;
import org.ctstream.publisher.Refusal;
import org.ctstream.publisher.ScanPublisher;
import org.ctstream.schemas.avro.Priority;

/** The whole product on this machine, one worker, and a publisher in this process. For one thread. */
final class WholeStream implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final LocalStack stack;
    private final ScanPublisher publisher;
    private final StoredResults stored;
    private volatile String refused = "";

    private WholeStream(LocalStack stack) {
        this.stack = stack;
        this.stored = new StoredResults(new ServicePages(stack.sink().url()));
        this.publisher = ScanPublisher.open(
                stack.connection().publishTarget(),
                PublishSettings.of("benchmark", Priority.ROUTINE),
                new PublishListener() {
                    @Override
                    public void published(Receipt receipt) {
                        // What counts is when it is stored.
                    }

                    @Override
                    public void refused(Refusal refusal) {
                        refused = refusal.reason();
                    }
                });
    }

    /** Starts everything and waits until all of it is ready. */
    static WholeStream start(
            Path folder, WorkerOptions worker, Optional<ReleaseChoice> release, StackListener listener) {
        Map<String, String> keys = new HashMap<>();
        worker.keys().forEach((key, value) -> keys.put("worker." + key, value));
        var settings = new StackSettings(folder, 0, 0, 0, 1, worker.engine(), release, keys);
        return new WholeStream(LocalStack.start(settings, listener));
    }

    StoredResults stored() {
        return stored;
    }

    /** What the worker tells over HTTP. */
    ServicePages workerPages() {
        return stack.roles().stream()
                .filter(role -> role.role() == Role.WORKER)
                .map(RoleProcess::url)
                .map(ServicePages::new)
                .findFirst()
                .orElseThrow();
    }

    /** Publishes one scan and returns the id it goes by. */
    String publish(EncodedScans.Encoded scan) {
        return publisher.publish(scan.input());
    }

    /** Publishes so many scans as fast as it goes, and waits until each is stored. */
    List<StoredResults.Result> publishAndAwait(EncodedScans scans, int count) throws InterruptedException {
        Instant begun = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        long before = stored.count();
        for (int i = 0; i < count; i++) {
            publish(scans.get(i));
        }
        publisher.flush();
        long last = before;
        long lastMove = System.nanoTime();
        while (stored.count() < before + count) {
            requireHealthy();
            long now = stored.count();
            if (now != last) {
                last = now;
                lastMove = System.nanoTime();
            } else if (System.nanoTime() - lastMove > PATIENCE.toNanos()) {
                throw CliException.failure(
                        "Only " + (now - before) + " of " + count + " scans are stored, and none for "
                                + PATIENCE.toSeconds() + " s",
                        null);
            }
            Thread.sleep(LOOK_EVERY.toMillis());
        }
        return stored.publishedSince(begun);
    }

    /** @throws CliException if a service has given up, or a scan was refused */
    void requireHealthy() {
        stack.failure().ifPresent(why -> {
            throw CliException.failure(why, null);
        });
        if (!refused.isEmpty()) {
            throw CliException.failure("A scan could not be published: " + refused, null);
        }
    }

    @Override
    public void close() {
        try {
            publisher.close();
        } finally {
            stack.close();
        }
    }
}
