package org.ctstream.trainer.continuous;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.releases.ReleaseAnnouncer;
import org.ctstream.releases.ReleaseTopic;
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
import org.ctstream.service.topic.Preparation;
import org.ctstream.trainer.dataset.DatasetKeys;
import org.ctstream.trainer.dataset.DatasetStore;
import org.ctstream.trainer.dataset.LabelTopic;
import org.ctstream.trainer.network.TrainingEngine;
import org.ctstream.trainer.run.RunFactory;
import org.ctstream.trainer.run.TrainKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Continuous training: follows the labelled scans, trains from the release in production when there are enough new ones,
 * announces the outcome as a candidate, and promotes it by itself only where it may and the candidate is better.
 *
 * <p>Ready: labels and Kafka can be read. A run that failed is noted and leaves the service ready, for it goes on to
 * follow the labels; see the notes of {@code /readyz} and {@code ctstream_trainer_runs_total}.
 */
public final class TrainerService implements StreamService {
    public static final String NAME = "trainer";

    private static final Logger log = LoggerFactory.getLogger(TrainerService.class);

    private final ServiceConfig config;
    private final String program;
    private final ContinuousSettings settings;
    private final Clock clock = Clock.systemUTC();
    private final Stop stop = new Stop();
    private final Health health;
    private final Metrics metrics;
    private final HttpEndpoint http;

    private TrainerService(ServiceConfig config, String program, ContinuousSettings settings) {
        this.config = config;
        this.program = program;
        this.settings = settings;
        this.health = new Health(clock, config.millis(CommonKeys.LIVENESS_TIMEOUT_MS));
        this.metrics = new Metrics(NAME);
        health.notReady(TrainingCycle.KAFKA, "starting");
        this.http = HttpEndpoint.open(config, health, metrics, routes -> {});
    }

    /**
     * A trainer of that configuration (keys: {@link TrainerKeys}); opens the HTTP port and nothing else yet.
     *
     * @param program version of this program, for the lineage
     * @throws ConfigProblemsException if settings do not go together
     */
    public static TrainerService create(ServiceConfig config, String program) {
        try {
            return new TrainerService(config, program, ContinuousSettings.of(config, program));
        } catch (IllegalArgumentException e) {
            throw new ConfigProblemsException(NAME, List.of(String.valueOf(e.getMessage())));
        }
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
        loadEngine();
        Preparation.await(config, health, stop::isGiven);
        if (stop.isGiven()) {
            return;
        }
        var dependencies = new ArrayList<>(Dependencies.ofEveryService(config));
        if (Files.isDirectory(settings.store().root())) {
            dependencies.add(Dependencies.filledModelStore(settings.store().root()));
        }
        try (var watch = DependencyWatch.start(health, metrics, dependencies);
                var claim = FolderClaim.take(config.path(TrainerKeys.FOLDER));
                ReleaseAnnouncer announcer = ReleaseAnnouncer.of(config)) {
            log.atInfo()
                    .addKeyValue("folder", claim.folder())
                    .addKeyValue("url", http.url())
                    .log("Trainer follows the labels");
            new TrainerLoop(
                            cycle(announcer),
                            config.millis(TrainerKeys.POLL_INTERVAL_MS),
                            config.millis(CommonKeys.DRAIN_TIMEOUT_MS),
                            health,
                            stop)
                    .run();
        }
    }

    @Override
    public void requestStop() {
        health.notReady(HealthParts.LIFECYCLE, "stopping");
        stop.give();
    }

    @Override
    public void close() {
        http.close();
        metrics.close();
    }

    private TrainingCycle cycle(ReleaseAnnouncer announcer) {
        Path folder = config.path(TrainerKeys.FOLDER);
        var meters = new TrainerMeters(metrics);
        var runs = new RunFactory(config, program);
        var folders = new RunFolders(folder);
        var memory = new Memory(new StateFile(folder), health);
        var releases = ReleaseTopic.of(config);
        var candidates = new Candidates(
                settings.store(),
                engine(),
                settings.releaseName(),
                releases,
                announcer,
                new PromotionRule(config.bool(TrainerKeys.PROMOTE), config.decimal(TrainerKeys.PROMOTE_MARGIN)),
                meters);
        var images = new DatasetStore(config.path(DatasetKeys.FOLDER), DatasetKeys.settings(config));
        var topic = LabelTopic.of(config);
        return new TrainingCycle(
                settings,
                () -> images.materialise(topic),
                releases,
                new StartingPoints(settings.store(), runs, config.string(TrainKeys.ARCHITECTURE)),
                folders,
                new Training(runs, folders, candidates, memory, meters, health, stop),
                memory,
                meters,
                health,
                clock);
    }

    /** Before the first training, which may be days away: a device that is missing is for people to mend. */
    private void loadEngine() {
        try {
            var unused = TrainingEngine.load(config.string(TrainKeys.DEVICE), config.integer(TrainKeys.THREADS));
        } catch (IllegalArgumentException e) {
            throw new FatalStageException(Stage.CLASSIFY, "Cannot train: " + e.getMessage(), e);
        }
    }

    private EngineOptions engine() {
        return EngineOptions.defaults()
                .withDevice(Device.parse(config.string(TrainKeys.DEVICE)))
                .withThreads(config.integer(TrainKeys.THREADS));
    }
}
