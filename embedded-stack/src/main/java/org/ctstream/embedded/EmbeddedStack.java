package org.ctstream.embedded;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.ctstream.embedded.broker.Broker;
import org.ctstream.embedded.broker.BrokerProcess;
import org.ctstream.embedded.broker.EmbeddedBroker;
import org.ctstream.embedded.part.EmbeddedException;
import org.ctstream.embedded.part.StackPart;
import org.ctstream.embedded.registry.EmbeddedRegistry;
import org.ctstream.embedded.security.ScramUsers;
import org.ctstream.embedded.security.SecurityFolder;

/**
 * A Kafka broker and a schema registry on this machine, started and ended together. Its topics are the caller's affair.
 *
 * <pre>{@code
 * try (EmbeddedStack stack = EmbeddedStack.start(EmbeddedStackSettings.in(directory))) {
 *     properties.put("bootstrap.servers", stack.bootstrapServers());
 *     properties.put("schema.registry.url", stack.registryUrl());
 * }
 * }</pre>
 *
 * <h2>Thread safety</h2>
 * Safe for use by several threads.
 */
public final class EmbeddedStack implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";

    private final Broker broker;
    private final EmbeddedRegistry registry;
    private final Optional<SecurityFolder> security;

    private EmbeddedStack(Broker broker, EmbeddedRegistry registry, Optional<SecurityFolder> security) {
        this.broker = broker;
        this.registry = registry;
        this.security = security;
    }

    /**
     * Starts both parts side by side and returns once both serve requests; if one fails, none is left running.
     *
     * @throws EmbeddedException of the type and with the message of the part that failed
     */
    public static EmbeddedStack start(EmbeddedStackSettings settings) {
        Optional<SecurityFolder> security = settings.isSecure()
                ? Optional.of(SecurityFolder.prepare(settings.securityDirectory(), settings.users(), LOOPBACK))
                : Optional.empty();
        Broker broker = settings.brokerMode() == BrokerMode.IN_THIS_JVM
                ? new EmbeddedBroker(settings.broker())
                : new BrokerProcess(
                        settings.broker(), settings.logDirectory().resolve("broker.log"), settings.startTimeout());
        EmbeddedStack stack = new EmbeddedStack(broker, new EmbeddedRegistry(settings.registry()), security);
        try {
            stack.inParallel(StackPart::start);
            security.ifPresent(folder -> ScramUsers.bring(folder, settings.users(), stack.bootstrapServers()));
        } catch (RuntimeException | Error e) {
            try {
                stack.close();
            } catch (RuntimeException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
        return stack;
    }

    /** What clients put into {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** What clients put into {@code schema.registry.url}. */
    public String registryUrl() {
        return registry.url();
    }

    /** The secrets of a secure stack; empty for a plain one. */
    public Optional<SecurityFolder> security() {
        return security;
    }

    /** The broker by itself, to stop, kill and start it. */
    public Broker broker() {
        return broker;
    }

    /** The registry by itself, to stop, kill and start it. */
    public EmbeddedRegistry registry() {
        return registry;
    }

    /** Ends both parts in good order; the data stays. */
    @Override
    public void close() {
        inParallel(StackPart::stop);
    }

    private void inParallel(Consumer<StackPart> action) {
        List<CompletableFuture<Void>> runs = List.<StackPart>of(broker, registry).stream()
                .map(part -> CompletableFuture.runAsync(
                        () -> action.accept(part), run -> new Thread(run, "embedded-" + part.name()).start()))
                .toList();
        try {
            CompletableFuture.allOf(runs.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
