package org.ctstream.gateway;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.kafka.clients.producer.Producer;
import org.ctstream.gateway.association.AssociationServer;
import org.ctstream.gateway.association.AssociationSettings;
import org.ctstream.gateway.association.DicomPort;
import org.ctstream.gateway.intake.IntakeGate;
import org.ctstream.gateway.intake.MemoryBudget;
import org.ctstream.gateway.intake.RepeatableScanIds;
import org.ctstream.gateway.intake.ScanIntake;
import org.ctstream.gateway.metrics.GatewayMeters;
import org.ctstream.gateway.stow.StowRoutes;
import org.ctstream.gateway.stow.StowSettings;
import org.ctstream.imaging.dicom.DicomReader;
import org.ctstream.publisher.PublishProducers;
import org.ctstream.publisher.PublishTarget;
import org.ctstream.publisher.ScanRecords;
import org.ctstream.publisher.claims.ScanPayloads;
import org.ctstream.publisher.privacy.Deidentifier;
import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.service.claims.ClaimStore;
import org.ctstream.service.claims.ClaimStores;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ConfigProblemsException;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.dependency.Dependencies;
import org.ctstream.service.dependency.DependencyWatch;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.health.Health;
import org.ctstream.service.health.HealthParts;
import org.ctstream.service.http.HttpEndpoint;
import org.ctstream.service.lifecycle.StreamService;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.service.pseudonym.PseudonymKeys;
import org.ctstream.service.pseudonym.Pseudonyms;
import org.ctstream.service.tls.ServerTls;
import org.ctstream.service.topic.Preparation;
import org.ctstream.service.tracing.OtlpTracing;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PACS gateway: takes objects by DICOM C-STORE and by DICOMweb STOW-RS, publishes them, and says success only when
 * Kafka has acknowledged. It may start before Kafka and the registry; until they are there it opens no DICOM port and
 * answers STOW-RS with 503.
 */
public final class GatewayService implements StreamService {
    private static final Logger log = LoggerFactory.getLogger(GatewayService.class);
    private static final String NAME = "gateway";
    private static final String DICOM_PART = "dicom-port";
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final ServiceConfig config;
    private final Health health;
    private final Metrics metrics;
    private final GatewayMeters meters;
    private final MemoryBudget memory;
    private final IntakeGate gate;
    private final HttpEndpoint http;
    private final Pseudonyms pseudonyms;
    private final Optional<SSLContext> tls;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile int dicomPort;

    private GatewayService(ServiceConfig config) {
        this.config = config;
        this.health = new Health(Clock.systemUTC(), config.millis(CommonKeys.LIVENESS_TIMEOUT_MS));
        this.metrics = new Metrics(NAME, OtlpTracing.open(config, NAME));
        this.meters = new GatewayMeters(metrics);
        this.memory = new MemoryBudget(config.longInteger(GatewayKeys.MEMORY_BYTES));
        meters.memory(memory, MemoryBudget::taken);
        this.gate = new IntakeGate(meters, System::nanoTime);
        this.pseudonyms = PseudonymKeys.pseudonyms(NAME, config);
        this.tls = config.isSet(GatewayKeys.KEYSTORE_LOCATION)
                ? Optional.of(ServerTls.context("the DICOM port", config, GatewayKeys.TLS_PREFIX))
                : Optional.empty();
        health.notReady(DICOM_PART, "not open yet");
        var stow = new StowRoutes(stowSettings(config), gate, memory, meters, System::nanoTime);
        this.http = HttpEndpoint.open(config, health, metrics, stow::addTo);
    }

    /**
     * Opens the HTTP port; {@link #run()} does the rest.
     *
     * @param config made with {@link GatewayKeys#def()}
     * @throws ConfigProblemsException if settings contradict each other
     * @throws FatalStageException if the HTTP port cannot be opened
     */
    public static GatewayService create(ServiceConfig config) {
        GatewayKeys.check(config);
        return new GatewayService(config);
    }

    @Override
    public String name() {
        return NAME;
    }

    /** The HTTP port that was opened, also where the configuration said 0. */
    public int httpPort() {
        return http.port();
    }

    /** The DICOM port that was opened; 0 until it is. */
    public int dicomPort() {
        return dicomPort;
    }

    @Override
    public void run() {
        log.atInfo().addKeyValue("url", http.url() + "/dicomweb/studies").log("STOW-RS open");
        var limits = new RecordLimits();
        try (var watch = DependencyWatch.start(health, metrics, Dependencies.ofEveryService(config))) {
            Preparation.await(config, health, () -> stop.getCount() == 0, limits);
            if (stop.getCount() > 0) {
                serve(limits.maxRecordBytes());
            }
        }
    }

    @Override
    public void requestStop() {
        stop.countDown();
    }

    @Override
    public void close() {
        http.close();
        metrics.close();
    }

    private void serve(int maxRecordBytes) {
        int patience = config.integer(GatewayKeys.ACKNOWLEDGEMENT_MS);
        try (ClaimStore claims = claimStore();
                Producer<String, ScanReceived> producer = PublishProducers.open(
                        new PublishTarget(config.producer(), config.serializers()),
                        "ctstream-gateway-" + config.string(CommonKeys.INSTANCE_NAME),
                        maxRecordBytes,
                        patience)) {
            gate.open(new ScanIntake(
                    Deidentifier.with(pseudonyms, PseudonymKeys.siteZone(config)),
                    new RepeatableScanIds(pseudonyms),
                    payloads(claims, maxRecordBytes),
                    new ScanRecords(Clock.systemUTC()),
                    producer,
                    metrics.tracing(),
                    // Waiting for room and for the delivery have a limit each, and the producer keeps both itself.
                    Duration.ofMillis(2L * patience).plus(LOOK_EVERY)));
            try (AssociationServer server = openPort()) {
                dicomPort = server.port();
                log.atInfo()
                        .addKeyValue("port", dicomPort)
                        .addKeyValue("called", config.list(GatewayKeys.CALLED))
                        .addKeyValue("tls", tls.isPresent())
                        .log("DICOM port open");
                health.ready(DICOM_PART);
                while (!stop.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                    health.signOfLife();
                    server.cutHanging();
                }
                drain(server);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FatalStageException(Stage.STORE, "Interrupted while serving", e);
        }
    }

    /** What is coming in is finished and answered; the rest of the time is for STOW-RS. */
    private void drain(AssociationServer server) throws InterruptedException {
        health.notReady(HealthParts.LIFECYCLE, "told to stop");
        long end =
                System.nanoTime() + config.millis(CommonKeys.DRAIN_TIMEOUT_MS).toNanos();
        boolean ended = server.stop(Duration.ofNanos(end - System.nanoTime()));
        boolean left = gate.shut(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        log.atInfo()
                .addKeyValue("associationsEnded", ended)
                .addKeyValue("objectsAnswered", left)
                .log("Drained");
    }

    private AssociationServer openPort() {
        var port = new DicomPort(
                config.string(GatewayKeys.DICOM_HOST),
                config.integer(GatewayKeys.DICOM_PORT),
                config.list(GatewayKeys.CALLED),
                config.list(GatewayKeys.CALLING),
                config.list(GatewayKeys.STAT),
                Set.copyOf(config.list(GatewayKeys.SOP_CLASSES)),
                DicomReader.transferSyntaxUids(),
                tls,
                config.isSet(GatewayKeys.TRUSTSTORE_LOCATION));
        var settings = new AssociationSettings(
                config.integer(GatewayKeys.ASSOCIATIONS),
                config.integer(GatewayKeys.PDU_BYTES),
                config.millis(GatewayKeys.ARTIM_MS),
                config.millis(GatewayKeys.IDLE_MS),
                config.millis(GatewayKeys.MESSAGE_MS),
                config.integer(GatewayKeys.OBJECT_BYTES));
        try {
            return AssociationServer.open(port, settings, gate, memory, meters, System::nanoTime);
        } catch (IOException e) {
            throw new FatalStageException(
                    Stage.STORE,
                    "Cannot open DICOM port " + port.host() + ":" + port.port() + " (expected: a free port; set "
                            + GatewayKeys.DICOM_PORT + " to another, or 0 for any): " + e.getMessage(),
                    e);
        }
    }

    private @Nullable ClaimStore claimStore() {
        if (!config.isSet(GatewayKeys.CLAIM_STORE)) {
            return null;
        }
        try {
            return ClaimStores.open(URI.create(config.string(GatewayKeys.CLAIM_STORE)));
        } catch (IllegalArgumentException e) {
            throw new FatalStageException(Stage.STORE, String.valueOf(e.getMessage()), e);
        }
    }

    private static ScanPayloads payloads(@Nullable ClaimStore claims, int maxRecordBytes) {
        return claims == null
                ? ScanPayloads.inline(maxRecordBytes)
                : new ScanPayloads(ScanPayloads.surelyFits(maxRecordBytes), claims);
    }

    private static StowSettings stowSettings(ServiceConfig config) {
        return new StowSettings(
                config.string(GatewayKeys.STOW_SOURCE),
                Set.copyOf(config.list(GatewayKeys.SOP_CLASSES)),
                Set.copyOf(DicomReader.transferSyntaxUids()),
                config.integer(GatewayKeys.STOW_REQUESTS),
                config.longInteger(GatewayKeys.STOW_REQUEST_BYTES),
                config.millis(GatewayKeys.STOW_REQUEST_MS),
                config.integer(GatewayKeys.OBJECT_BYTES));
    }
}
