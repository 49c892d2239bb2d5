package org.ctstream.sink;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ConfigProblemsException;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.dependency.Dependencies;
import org.ctstream.service.dependency.Dependency;
import org.ctstream.service.dependency.DependencyWatch;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.health.Health;
import org.ctstream.service.health.HealthParts;
import org.ctstream.service.http.HttpEndpoint;
import org.ctstream.service.kafka.StaticMembership;
import org.ctstream.service.kafka.TransactionalProducers;
import org.ctstream.service.lifecycle.Backoff;
import org.ctstream.service.lifecycle.StreamService;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.service.topic.Preparation;
import org.ctstream.service.topic.TransactionVersion;
import org.ctstream.service.tracing.OtlpTracing;
import org.ctstream.sink.consume.SinkConsumer;
import org.ctstream.sink.deliver.AlertKeys;
import org.ctstream.sink.deliver.Channel;
import org.ctstream.sink.deliver.Deliveries;
import org.ctstream.sink.drift.DriftKeys;
import org.ctstream.sink.drift.DriftReader;
import org.ctstream.sink.drift.DriftSettings;
import org.ctstream.sink.drift.DriftWatch;
import org.ctstream.sink.http.DriftApi;
import org.ctstream.sink.http.SinkRoutes;
import org.ctstream.sink.http.WebhooksApi;
import org.ctstream.sink.store.Database;
import org.ctstream.sink.store.DatabaseProbe;
import org.ctstream.sink.store.DatabaseSettings;
import org.ctstream.sink.store.DriftQueries;
import org.ctstream.sink.store.Outbox;
import org.ctstream.sink.store.OutboxQueries;
import org.ctstream.sink.store.ResultQueries;
import org.ctstream.sink.store.ResultStore;
import org.ctstream.sink.store.StatsQuery;
import org.ctstream.sink.study.Studies;
import org.ctstream.sink.watch.LagWatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The results sink: stores every classification exactly once, raises one alert for each positive, rolls studies up, and
 * serves the results over HTTP. It may start before Kafka, the registry or the database; it waits and says for what.
 */
public final class ResultsSink implements StreamService {
    private static final Logger log = LoggerFactory.getLogger(ResultsSink.class);
    private static final String DATABASE = HealthParts.DATABASE;

    /** Short, because a transaction left open by a crash holds back every reader of the alerts. */
    private static final int TRANSACTION_TIMEOUT_MS = 10_000;

    /** Shorter than the liveness bound, so that a broker that is away is seen as such. */
    private static final int MAX_BLOCK_MS = 15_000;

    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration SLOWEST_RETRY = Duration.ofSeconds(5);

    private final ServiceConfig config;
    private final Health health;
    private final Metrics metrics;
    private final Database database;
    private final HttpEndpoint http;
    private final SinkConsumer consumer;
    private final List<Channel> channels;
    private final ReviewPage page;
    private final Studies studies;
    private final DriftWatch drift;
    private final StopSignal stop = new StopSignal();

    private ResultsSink(
            ServiceConfig config,
            Health health,
            Metrics metrics,
            Database database,
            HttpEndpoint http,
            SinkConsumer consumer,
            List<Channel> channels,
            ReviewPage page,
            Studies studies,
            DriftWatch drift) {
        this.config = config;
        this.health = health;
        this.metrics = metrics;
        this.database = database;
        this.http = http;
        this.consumer = consumer;
        this.channels = channels;
        this.page = page;
        this.studies = studies;
        this.drift = drift;
    }

    /**
     * Opens the HTTP port; {@link #run()} does the rest.
     *
     * @param config made with {@link SinkKeys#def()}
     * @throws ConfigProblemsException if settings contradict each other
     * @throws FatalStageException if the HTTP port cannot be opened
     */
    public static ResultsSink create(ServiceConfig config) {
        return create(config, () -> producer(config));
    }

    /** The same with producers of the caller's, which must all have one transactional id. */
    static ResultsSink create(ServiceConfig config, Supplier<Producer<byte[], byte[]>> producers) {
        SinkKeys.check(config);
        StaticMembership.check("results-sink", config);
        var clock = Clock.systemUTC();
        List<Channel> channels = AlertChannels.open(config, clock);
        var health = new Health(clock, config.millis(CommonKeys.LIVENESS_TIMEOUT_MS));
        health.notReady(DATABASE, "not asked yet");
        var metrics = new Metrics("results-sink", OtlpTracing.open(config, "results-sink"));
        var database = Database.open(databaseSettings(config), metrics.registry());
        var page = ReviewPage.of(config, database, clock);
        DriftWatch drift = drift(config, database, metrics, clock);
        // Both before the last route, which answers every path under /api.
        var routes = SinkRoutes.of(
                new ResultQueries(database),
                new StatsQuery(database, clock),
                health,
                List.of(
                        page.routes(),
                        WebhooksApi.routes(new OutboxQueries(database), clock),
                        DriftApi.routes(drift::latest)));
        HttpEndpoint http;
        try {
            http = HttpEndpoint.open(config, health, metrics, routes);
        } catch (RuntimeException e) {
            page.close();
            database.close();
            throw e;
        }
        var studies = Studies.of(config, database, metrics, clock);
        String group = config.string(SinkKeys.GROUP_ID);
        var consumer =
                new SinkConsumer(config, group, new ResultStore(database, group, clock), producers, health, metrics);
        return new ResultsSink(config, health, metrics, database, http, consumer, channels, page, studies, drift);
    }

    @Override
    public String name() {
        return "results-sink";
    }

    /** The port that was opened, also where the configuration said 0. */
    public int httpPort() {
        return http.port();
    }

    @Override
    public void run() {
        log.atInfo().addKeyValue("url", http.url()).log("Results page open");
        try (Deliveries deliveries = openDatabase()) {
            if (deliveries != null && !stop.isGiven()) {
                drift.start();
                consume();
            }
        }
    }

    private void consume() {
        try (var watch = DependencyWatch.start(health, metrics, dependencies());
                var sweeper = page.publishPending();
                var rollups = studies.start()) {
            Preparation.await(
                    config,
                    health,
                    stop::isGiven,
                    new TransactionVersion("the results sink, which publishes alerts,")
                            .and(admin -> StaticMembership.takeOver(admin, config, config.string(SinkKeys.GROUP_ID))));
            try (var lag = LagWatch.start(config, metrics, config.millis(SinkKeys.LAG_INTERVAL_MS))) {
                consumer.run(stop::isGiven);
            }
        }
    }

    @Override
    public void requestStop() {
        stop.give();
    }

    @Override
    public void close() {
        http.close();
        page.close();
        studies.close();
        drift.close();
        database.close();
        try {
            metrics.close();
        } catch (Exception e) {
            log.atWarn().setCause(e).log("Metrics did not close");
        }
    }

    /** Waits for the database and begins to deliver what waits there; null if told to stop before. */
    private @Nullable Deliveries openDatabase() {
        var backoff = new Backoff(FIRST_RETRY, SLOWEST_RETRY);
        while (!stop.isGiven()) {
            health.signOfLife();
            try {
                database.migrate();
                Deliveries deliveries = deliveries();
                health.ready(DATABASE);
                return deliveries;
            } catch (RetriableStageException e) {
                health.notReady(DATABASE, String.valueOf(e.getMessage()));
                log.atWarn()
                        .addKeyValue("attempt", backoff.failures() + 1)
                        .addKeyValue("reason", e.getMessage())
                        .log("The database is not there yet");
                stop.await(backoff.next());
            }
        }
        return null;
    }

    private Deliveries deliveries() {
        return Deliveries.start(
                config.string(CommonKeys.INSTANCE_NAME),
                channels,
                new Outbox(database),
                AlertKeys.rules(config),
                health,
                metrics,
                Clock.systemUTC());
    }

    private List<Dependency> dependencies() {
        var all = new ArrayList<>(Dependencies.ofEveryService(config));
        DatabaseSettings settings = databaseSettings(config);
        all.add(new Dependency(
                HealthParts.DATABASE_REACHABLE,
                "The database " + settings.place(),
                Dependency.Need.TO_WORK,
                "results stay on their topic until it is back",
                () -> new DatabaseProbe(settings)));
        return all;
    }

    static Producer<byte[], byte[]> producer(ServiceConfig config) {
        String id = "ctstream-results-sink-" + config.string(CommonKeys.INSTANCE_NAME);
        Map<String, Object> defaults = Map.of(
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS,
                ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS);
        return TransactionalProducers.create(config, id + "-alerts", id, defaults);
    }

    private static DriftWatch drift(ServiceConfig config, Database database, Metrics metrics, Clock clock) {
        DriftSettings settings = DriftKeys.settings(config);
        return new DriftWatch(
                new DriftReader(new DriftQueries(database), DriftKeys.profiles(config), settings, clock),
                settings,
                metrics);
    }

    private static DatabaseSettings databaseSettings(ServiceConfig config) {
        return new DatabaseSettings(
                config.string(SinkKeys.DATABASE_URL),
                config.string(SinkKeys.DATABASE_USER),
                config.password(SinkKeys.DATABASE_PASSWORD).value(),
                config.integer(SinkKeys.DATABASE_POOL_SIZE),
                config.millis(SinkKeys.DATABASE_TIMEOUT_MS));
    }
}
