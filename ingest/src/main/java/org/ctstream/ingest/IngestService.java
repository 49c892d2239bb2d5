package org.ctstream.ingest;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.ctstream.ingest.run.Retries;
import org.ctstream.ingest.run.Stop;
import org.ctstream.ingest.run.StreamsPart;
import org.ctstream.ingest.run.StreamsRun;
import org.ctstream.ingest.run.TaskWatch;
import org.ctstream.ingest.topology.IngestTopology;
import org.ctstream.ingest.topology.ScanPipeline;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.dependency.Dependencies;
import org.ctstream.service.dependency.DependencyWatch;
import org.ctstream.service.fetch.PayloadReader;
import org.ctstream.service.health.Health;
import org.ctstream.service.health.HealthParts;
import org.ctstream.service.http.HttpEndpoint;
import org.ctstream.service.lifecycle.StreamService;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.service.topic.Preparation;
import org.ctstream.service.topic.TransactionVersion;
import org.ctstream.service.tracing.OtlpTracing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ingest service: each lane's {@code ct.scan.received} → {@code ct.scan.normalized} or {@code ct.scan.received.dlt}. */
public final class IngestService implements StreamService {
    private static final Logger log = LoggerFactory.getLogger(IngestService.class);
    private static final String NAME = "ingest";
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration SLOWEST_RETRY = Duration.ofSeconds(5);

    private final ServiceConfig config;
    private final Health health;
    private final Metrics metrics;
    private final HttpEndpoint http;
    private final PayloadReader payloads;
    private final ScanPipeline pipeline;
    private final Stop stop = new Stop();

    private IngestService(
            ServiceConfig config,
            Health health,
            Metrics metrics,
            HttpEndpoint http,
            PayloadReader payloads,
            ScanPipeline pipeline) {
        this.config = config;
        this.health = health;
        this.metrics = metrics;
        this.http = http;
        this.payloads = payloads;
        this.pipeline = pipeline;
    }

    /**
     * Opens the HTTP port; connects to nothing yet.
     *
     * @param config made with {@link IngestKeys#def()}
     * @throws org.ctstream.service.error.FatalStageException if the port or the pseudonym key file cannot be had
     */
    public static IngestService create(ServiceConfig config) {
        DecodeMemory.warnIfHeapIsSmall(
                ScanPipelines.threads(config),
                ScanPipelines.limits(config),
                Runtime.getRuntime().maxMemory());
        Clock clock = Clock.systemUTC();
        var health = new Health(clock, config.millis(CommonKeys.LIVENESS_TIMEOUT_MS));
        var metrics = new Metrics(NAME, OtlpTracing.open(config, NAME));
        PayloadReader payloads = ScanPipelines.payloads(config);
        ScanPipeline pipeline = ScanPipelines.pipeline(config, payloads, metrics, clock);
        HttpEndpoint http = HttpEndpoint.open(config, health, metrics, routes -> {});
        return new IngestService(config, health, metrics, http, payloads, pipeline);
    }

    /** The HTTP port that was opened, also where the configuration said 0. */
    public int httpPort() {
        return http.port();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run() {
        Preparation.await(config, health, stop::isRequested, new TransactionVersion("ingest"));
        if (stop.isRequested()) {
            return;
        }
        var watch = new TaskWatch(health, Clock.systemUTC());
        var retries = new Retries(watch, stop, FIRST_RETRY, SLOWEST_RETRY, config.millis(IngestKeys.RETRY_MAX_MS));
        try (var dependencies = DependencyWatch.start(health, metrics, Dependencies.ofEveryService(config))) {
            new StreamsRun(
                            health,
                            watch,
                            stop,
                            config.millis(CommonKeys.LIVENESS_TIMEOUT_MS),
                            config.millis(CommonKeys.DRAIN_TIMEOUT_MS))
                    .run(parts(retries, watch), metrics);
        }
    }

    private List<StreamsPart> parts(Retries retries, TaskWatch watch) {
        return Stream.of(Lane.values())
                .map(lane -> new StreamsPart(
                        lane == Lane.ROUTINE ? HealthParts.KAFKA : HealthParts.KAFKA + "-" + lane.word(),
                        IngestTopology.of(lane, pipeline, retries, watch, metrics),
                        StreamsSettings.of(config, lane)))
                .toList();
    }

    @Override
    public void requestStop() {
        stop.request();
    }

    @Override
    public void close() {
        http.close();
        payloads.close();
        try {
            metrics.close();
        } catch (Exception e) {
            log.atWarn().setCause(e).log("Meters could not be released");
        }
    }
}
