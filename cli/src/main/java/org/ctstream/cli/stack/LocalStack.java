package org.ctstream.cli.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.ctstream.cli.CliException;
import org.ctstream.cli.connect.AdminCalls;
import org.ctstream.cli.connect.Connection;
import org.ctstream.embedded.EmbeddedStack;
import org.ctstream.embedded.EmbeddedStackSettings;
import org.ctstream.embedded.part.Ports;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.releases.ReleaseAnnouncer;
import org.ctstream.releases.ReleaseTopic;
import org.ctstream.schemas.avro.ModelStage;
import org.ctstream.schemas.registry.SchemaRegistration;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.access.ServiceUser;
import org.ctstream.service.topic.TopicCreator;
import org.jspecify.annotations.Nullable;

/**
 * Broker, registry and services on this machine. They end with this process, however it ends.
 *
 * <h2>Thread safety</h2>
 * Started and closed by one thread; everything else by any.
 */
public final class LocalStack implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final long WATCH_INTERVAL_MS = 500;

    private final StackSettings settings;
    private final EmbeddedStack platform;
    private final StackAccess access;
    private final Connection connection;
    private final List<RoleProcess> roles;
    private final Supervisor supervisor;

    private LocalStack(StackSettings settings, EmbeddedStack platform, StackListener listener) {
        this.settings = settings;
        this.platform = platform;
        this.access = StackAccess.to(platform);
        this.connection = access.connection(ServiceUser.OPERATOR);
        this.roles = describe(settings, access);
        this.supervisor = new Supervisor(roles, listener);
    }

    /**
     * Starts everything and returns when all of it is ready; if a part fails, none is left running.
     *
     * @throws org.ctstream.embedded.part.EmbeddedException if a part does not start; the message has its log's end
     */
    public static LocalStack start(StackSettings settings, StackListener listener) {
        if (settings.httpPort() != 0) {
            Ports.requireFree("results sink", LOOPBACK, settings.httpPort());
        }
        // Looked for first: a release that is not there should cost nobody a start of Kafka.
        Optional<StoredRelease> model =
                settings.model().map(choice -> choice.bringInto(new ModelStore(settings.modelStore())));
        listener.step("Starting Kafka and the schema registry");
        EmbeddedStackSettings parts = EmbeddedStackSettings.in(settings.dataDirectory())
                .withPorts(settings.kafkaPort(), 0, settings.registryPort());
        EmbeddedStack platform =
                EmbeddedStack.start(settings.secure() ? parts.withSecurity(StackAccess.users()) : parts);
        @Nullable LocalStack stack = null;
        try {
            stack = new LocalStack(settings, platform, listener);
            stack.prepare();
            if (model.isPresent()) {
                stack.putIntoProduction(model.get());
                listener.step(model.get().release().id() + " is in production");
            }
            listener.step("Starting " + stack.roles.size() + " services");
            each(stack.roles, role -> {
                role.start();
                listener.step(role.name() + " is ready");
            });
            stack.supervisor.start();
            return stack;
        } catch (RuntimeException | Error e) {
            closeAfter(e, stack == null ? platform : stack);
            throw e;
        }
    }

    /** The operator's. */
    public Connection connection() {
        return connection;
    }

    /** Of those who send scans. */
    public Connection publisher() {
        return connection(ServiceUser.PUBLISHER);
    }

    /** Of that user; without security all are the same. */
    public Connection connection(ServiceUser user) {
        return access.connection(user);
    }

    /** {@code user:password} of the services' HTTP ports; empty if they ask for none. */
    public Optional<String> httpUserInfo() {
        return access.httpUserInfo();
    }

    /** The file with them. */
    Optional<Path> httpUserInfoFile() {
        return access.httpUserInfoFile();
    }

    /** What {@code --command-config} takes to be that user; empty on a stack without security. */
    public Optional<Path> commandConfig(ServiceUser user) {
        return access.commandConfig(user, settings.configDirectory());
    }

    public StackSettings settings() {
        return settings;
    }

    /** All services, in the order ingest, workers, sink. */
    public List<RoleProcess> roles() {
        return roles;
    }

    /** The results sink, whose URL has the API and the review page. */
    public RoleProcess sink() {
        return roles.stream()
                .filter(role -> role.role() == Role.SINK)
                .findFirst()
                .orElseThrow();
    }

    /** Why the stack cannot go on, if it cannot: a service that does not stay up, or a broker that is gone. */
    public Optional<String> failure() {
        if (!platform.broker().isRunning()) {
            return Optional.of("The Kafka broker has ended. The end of its log:\n"
                    + FileTail.of(settings.logDirectory().resolve("broker.log")));
        }
        if (!platform.registry().isRunning()) {
            return Optional.of("The schema registry has ended. The end of its log:\n"
                    + FileTail.of(settings.logDirectory().resolve("registry.log")));
        }
        return supervisor.failure();
    }

    /** Ends everything in good order: services first, which drain and commit, then registry and broker. */
    @Override
    public void close() {
        // An interrupt is often why we are here; it must not cut the orderly end short.
        boolean interrupted = Thread.interrupted();
        supervisor.close();
        try {
            each(roles, RoleProcess::stop);
        } finally {
            platform.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Returns when the thread is interrupted.
     *
     * @throws CliException if the stack cannot go on
     */
    public void awaitInterrupt() {
        try {
            while (failure().isEmpty()) {
                Thread.sleep(WATCH_INTERVAL_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        throw CliException.failure(failure().orElseThrow(), null);
    }

    private void prepare() {
        access.grant();
        try (var calls = new AdminCalls(connection)) {
            new TopicCreator(calls.admin(), partitions(), -1).createMissing(Topic.allSpecs());
        }
        SchemaRegistration.of(connection.serializers()).registerAll();
    }

    private void putIntoProduction(StoredRelease model) {
        ModelRelease release = model.release();
        boolean already = new ReleaseTopic(connection.consumer(), connection.serializers())
                .read()
                .production()
                .filter(present -> present.id().equals(release.id()))
                .filter(present -> present.sha256().equals(release.sha256()))
                .isPresent();
        if (!already) {
            try (var announcer = ReleaseAnnouncer.open(connection.producer(), connection.serializers())) {
                announcer.announce(release, ModelStage.PRODUCTION, settings.modelStore());
            }
        }
    }

    /** The catalogue's number, unless some workers would have nothing to do. */
    private int partitions() {
        return settings.workers() <= Topic.SCAN_NORMALIZED.spec().partitions() ? 0 : settings.workers();
    }

    private static List<RoleProcess> describe(StackSettings settings, StackAccess access) {
        var configs = new RoleSettings(settings, access);
        var roles = new ArrayList<RoleProcess>();
        int last = settings.httpPort();
        for (String name : names(settings.workers())) {
            Role role = roleOf(name);
            boolean fixed = role == Role.SINK && settings.httpPort() != 0;
            int port = fixed ? settings.httpPort() : Ports.free(LOOPBACK, last);
            last = port;
            roles.add(new RoleProcess(
                    role,
                    name,
                    configs.write(role, name, port),
                    settings.logDirectory().resolve(name + ".log"),
                    port));
        }
        return List.copyOf(roles);
    }

    private static List<String> names(int workers) {
        var names = new ArrayList<String>();
        names.add("ingest-1");
        for (int i = 1; i <= workers; i++) {
            names.add("worker-" + i);
        }
        names.add("sink-1");
        return names;
    }

    private static Role roleOf(String name) {
        String command = name.substring(0, name.indexOf('-'));
        for (Role role : Role.values()) {
            if (role.command().equals(command)) {
                return role;
            }
        }
        throw new IllegalArgumentException(name);
    }

    private static void each(List<RoleProcess> roles, Consumer<RoleProcess> action) {
        CompletableFuture<?>[] runs = roles.stream()
                .map(role -> CompletableFuture.runAsync(
                        () -> action.accept(role), run -> new Thread(run, "stack-" + role.name()).start()))
                .toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(runs).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CliException.failure("Interrupted while starting or stopping", e);
        }
    }

    private static void closeAfter(Throwable failure, AutoCloseable what) {
        try {
            what.close();
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }
}
