package org.ctstream.worker;

import java.time.Clock;
import java.util.List;
import org.ctstream.model.engine.Engines;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.dependency.Dependencies;
import org.ctstream.service.dependency.Dependency;
import org.ctstream.service.dependency.DependencyWatch;
import org.ctstream.service.health.Health;
import org.ctstream.service.health.HealthParts;
import org.ctstream.service.http.HttpEndpoint;
import org.ctstream.service.kafka.StaticMembership;
import org.ctstream.service.lifecycle.StreamService;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.service.topic.Preparation;
import org.ctstream.service.tracing.OtlpTracing;
import org.ctstream.worker.consume.DeliveryLoop;
import org.ctstream.worker.predict.EnginePipeline;
import org.jspecify.annotations.Nullable;

/** One inference worker: classifies normalized scans with one engine, delivered as {@link DeliveryModes} says. */
public final class InferenceWorker implements StreamService {
    public static final String NAME = "inference-worker";

    private final ServiceConfig config;
    private final Engines engines;
    private final Clock clock;
    private final Health health;
    private final Metrics metrics;
    private final HttpEndpoint http;
    private volatile @Nullable DeliveryLoop delivery;
    private volatile boolean stopRequested;

    private InferenceWorker(ServiceConfig config, Engines engines, Clock clock) {
        this.config = config;
        this.engines = engines;
        this.clock = clock;
        this.health = new Health(clock, config.millis(CommonKeys.LIVENESS_TIMEOUT_MS));
        this.metrics = new Metrics(NAME, OtlpTracing.open(config, NAME));
        health.notReady(HealthParts.ENGINE, "starting");
        health.notReady(HealthParts.KAFKA, "starting");
        this.http = HttpEndpoint.open(config, health, metrics, routes -> {});
    }

    /** A worker of that configuration (keys: {@link WorkerKeys}); opens the HTTP port and nothing else yet. */
    public static InferenceWorker create(ServiceConfig config) {
        return create(config, Engines.standard());
    }

    /** A worker that knows these engines. */
    static InferenceWorker create(ServiceConfig config, Engines engines) {
        StaticMembership.check(NAME, config);
        return new InferenceWorker(config, engines, Clock.systemUTC());
    }

    @Override
    public String name() {
        return NAME;
    }

    /** The HTTP port that was opened. */
    public int httpPort() {
        return http.port();
    }

    @Override
    public void run() {
        Preparation.await(config, health, () -> stopRequested, DeliveryModes.clusterCheck(config));
        if (stopRequested) {
            return;
        }
        var limits = DeliveryModes.limits(config);
        DeliveryLoop current = DeliveryModes.of(config, limits, health, metrics);
        delivery = current;
        if (stopRequested) {
            current.requestStop();
        }
        try (var watch = DependencyWatch.start(health, metrics, Dependencies.ofEveryService(config));
                var crashes = ModelSources.crashes(config);
                var models = ModelSources.of(config, engines, crashes, health, metrics)) {
            models.start(
                            opener -> new EnginePipeline(opener, limits, current::finished, health, metrics, clock),
                            () -> stopRequested)
                    .ifPresent(engine -> serve(engine, current));
        }
    }

    private void serve(EnginePipeline started, DeliveryLoop current) {
        Dependency store = Dependencies.servedModelStore(config.path(WorkerKeys.MODEL_STORE));
        try (var engine = started;
                var watch = DependencyWatch.start(health, metrics, List.of(store))) {
            current.run(engine);
        }
    }

    @Override
    public void requestStop() {
        stopRequested = true;
        health.notReady(HealthParts.LIFECYCLE, "stopping");
        DeliveryLoop current = delivery;
        if (current != null) {
            current.requestStop();
        }
    }

    @Override
    public void close() {
        http.close();
        metrics.close();
    }
}
