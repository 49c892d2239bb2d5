package org.ctstream.trainer.continuous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.core.ConditionFactory;
import org.ctstream.embedded.BrokerMode;
import org.ctstream.embedded.EmbeddedStack;
import org.ctstream.embedded.EmbeddedStackSettings;
import org.ctstream.model.release.ModelStore;
import org.ctstream.releases.AnnouncedRelease;
import org.ctstream.releases.ReleaseAnnouncer;
import org.ctstream.releases.ReleaseCatalogue;
import org.ctstream.releases.ReleaseTopic;
import org.ctstream.schemas.avro.ModelStage;
import org.ctstream.schemas.avro.Split;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.topic.Preparation;
import org.ctstream.service.topic.TopicCreator;
import org.ctstream.trainer.dataset.DatasetKeys;
import org.ctstream.trainer.history.EpochRecord;
import org.ctstream.trainer.history.RunHistory;
import org.ctstream.trainer.run.TrainKeys;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service on a real broker and a real registry with a small network; each test begins with topics of its own. */
class TrainerServiceIT {
    private static final String LABELED = Topic.SCAN_LABELED.topicName();
    private static final String RELEASED = Topic.MODEL_RELEASED.topicName();

    @TempDir
    private static Path stackFolder;

    private static EmbeddedStack stack;
    private static LabelSource labels;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startStack() {
        stack = EmbeddedStack.start(EmbeddedStackSettings.in(stackFolder).withBrokerMode(BrokerMode.IN_THIS_JVM));
        Preparation.prepare(ServiceConfig.of("trainer", CommonKeys.def(0), connection()));
        labels = new LabelSource(stack);
    }

    @AfterAll
    static void stopStack() {
        labels.close();
        stack.close();
    }

    @BeforeEach
    void makeTopicsAnew() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            admin.deleteTopics(List.of(LABELED, RELEASED)).all().get();
            await().until(() -> !admin.listTopics().names().get().contains(LABELED)
                    && !admin.listTopics().names().get().contains(RELEASED));
            new TopicCreator(admin, 0, -1).createMissing(Topic.allSpecs());
            await().until(() -> admin.listTopics().names().get().containsAll(Set.of(LABELED, RELEASED)));
        }
    }

    @Test
    void labelsLeadToACandidateAndFurtherOnesToAnotherFromTheOneAPersonPromoted() throws Exception {
        labels.publish(0, 4, Split.VALIDATION);
        labels.publish(4, 12, Split.TRAIN);
        AnnouncedRelease first;
        try (var trainer = trainer(Map.of())) {
            patiently().until(() -> trainer.released() == 1);
            first = catalogue().releases().get(0);
            promote(first);
            labels.publish(12, 15, Split.TRAIN);
            patiently().until(() -> trainer.metric("new_labels\\{[^}]*\\}") == 3);
            assertThat(catalogue().releases()).hasSize(1);

            labels.publish(15, 20, Split.TRAIN);
            patiently().until(() -> trainer.released() == 2);
            assertThat(trainer.failed()).isZero();
        }

        AnnouncedRelease second = catalogue().releases().get(0);
        assertThat(catalogue().releases()).hasSize(2);
        assertThat(second.stage()).isEqualTo(ModelStage.CANDIDATE);
        assertThat(catalogue().production())
                .hasValueSatisfying(release -> assertThat(release.id()).isEqualTo(first.id()));
        assertThat(parent(first)).isNull();
        assertThat(parent(second)).isEqualTo(first.id().toString());
        assertThat(offsets(first)).isEqualTo(12);
        assertThat(offsets(second)).isEqualTo(20);
        assertThat(first.metrics()).containsKey("validation.auc");
        assertThat(new ModelStore(folder.resolve("models")).load(second.id()).card())
                .isPresent();
    }

    @Test
    void trainerThatStartsAgainKnowsWhatItHasTrainedOn() throws Exception {
        labels.publish(0, 4, Split.VALIDATION);
        labels.publish(4, 12, Split.TRAIN);
        try (var trainer = trainer(Map.of())) {
            patiently().until(() -> trainer.released() == 1);
        }

        try (var trainer = trainer(Map.of())) {
            patiently().until(() -> trainer.get("/readyz").body().contains("0 of 8 new labels"));
        }
        delete(folder.resolve("trainer/state.json"));
        try (var trainer = trainer(Map.of())) {
            patiently().until(() -> trainer.get("/readyz").body().contains("0 of 8 new labels"));
        }

        assertThat(catalogue().releases()).hasSize(1);
    }

    @Test
    void trainerToldToPromotesWhatIsBetterByTheMarginAndGoesOnFromThere() throws Exception {
        labels.publish(0, 4, Split.VALIDATION);
        labels.publish(4, 12, Split.TRAIN);
        try (var trainer = trainer(Map.of(TrainerKeys.PROMOTE, "true", TrainerKeys.PROMOTE_MARGIN, "-1"))) {
            patiently().until(() -> trainer.released() == 1);
            AnnouncedRelease first = catalogue().production().orElseThrow();
            labels.publish(12, 20, Split.TRAIN);
            patiently().until(() -> trainer.released() == 2);

            AnnouncedRelease second = catalogue().production().orElseThrow();
            assertThat(second.id()).isNotEqualTo(first.id());
            assertThat(parent(second)).isEqualTo(first.id().toString());
        }
    }

    @Test
    void marginThatNothingReachesNeverPromotes() throws Exception {
        labels.publish(0, 4, Split.VALIDATION);
        labels.publish(4, 12, Split.TRAIN);
        try (var trainer = trainer(Map.of(TrainerKeys.PROMOTE, "true", TrainerKeys.PROMOTE_MARGIN, "2"))) {
            patiently().until(() -> trainer.released() == 1);

            assertThat(trainer.metric("current_auc\\{[^}]*\\}")).isBetween(0.0, 1.0);
            assertThat(trainer.metric("candidate_auc\\{[^}]*\\}")).isBetween(0.0, 1.0);
        }

        assertThat(catalogue().production()).isEmpty();
        assertThat(catalogue().releases())
                .singleElement()
                .satisfies(release -> assertThat(release.stage()).isEqualTo(ModelStage.CANDIDATE));
    }

    @Test
    void trainerStoppedInARunGoesOnWithItOnTheLabelsItBeganWith() throws Exception {
        Map<String, String> longRun = Map.of("pretrain.epochs", "30");
        labels.publish(0, 4, Split.VALIDATION);
        labels.publish(4, 12, Split.TRAIN);
        String version;
        int epochsBefore;
        try (var trainer = trainer(longRun)) {
            patiently().until(() -> trainer.metric("epochs\\{[^}]*\\}") >= 2);
            assertThat(trainer.get("/readyz").statusCode()).isEqualTo(200);
            assertThat(trainer.get("/readyz").body()).contains("of 30 epochs done");
            assertThat(trainer.stop()).isLessThan(10_000);
            RunPlan plan = new StateFile(folder.resolve("trainer")).load().running();
            version = Objects.requireNonNull(plan).version();
            epochsBefore = history(version).size();
        }
        assertThat(catalogue().releases()).isEmpty();
        labels.publish(12, 14, Split.TRAIN);

        try (var trainer = trainer(longRun)) {
            patiently().until(() -> trainer.released() == 1);
        }

        assertThat(epochsBefore).isBetween(2, 29);
        assertThat(history(version))
                .hasSize(30)
                .extracting(EpochRecord::epoch)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(catalogue().releases()).singleElement().satisfies(release -> {
            assertThat(release.id().version()).isEqualTo(version);
            assertThat(offsets(release)).isEqualTo(12);
        });
    }

    @Test
    void runWhoseImagesBecameTestImagesIsGivenUpAndNotReleased() throws Exception {
        Map<String, String> longRun = Map.of("pretrain.epochs", "30");
        labels.publish(0, 4, Split.VALIDATION);
        labels.publish(4, 12, Split.TRAIN);
        String begun;
        try (var trainer = trainer(longRun)) {
            patiently().until(() -> trainer.metric("epochs\\{[^}]*\\}") >= 2);
            trainer.stop();
            begun = Objects.requireNonNull(
                            new StateFile(folder.resolve("trainer")).load().running())
                    .version();
        }
        labels.publish(11, 12, Split.TEST);
        labels.publish(12, 16, Split.TRAIN);

        try (var trainer = trainer(longRun)) {
            patiently().until(() -> trainer.released() == 1);
        }

        assertThat(catalogue().releases())
                .singleElement()
                .satisfies(release -> assertThat(release.id().version()).isNotEqualTo(begun));
    }

    @Test
    void configuredWeightsThatAreGoneDoNotHoldUpATrainingFromTheReleaseInProduction() throws Exception {
        labels.publish(0, 4, Split.VALIDATION);
        labels.publish(4, 12, Split.TRAIN);
        try (var trainer = trainer(Map.of())) {
            patiently().until(() -> trainer.released() == 1);
        }
        AnnouncedRelease first = catalogue().releases().get(0);
        promote(first);
        labels.publish(12, 20, Split.TRAIN);

        String gone = folder.resolve("gone.safetensors").toString();
        try (var trainer = trainer(Map.of(TrainKeys.INITIAL_WEIGHTS, gone))) {
            patiently().until(() -> trainer.released() == 1);
        }

        assertThat(parent(catalogue().releases().get(0))).isEqualTo(first.id().toString());
    }

    @Test
    void missingValidationImagesAreSaidAndOnceTheyAreThereItTrains() throws Exception {
        labels.publish(4, 12, Split.TRAIN);
        try (var trainer = trainer(Map.of())) {
            patiently().until(() -> trainer.get("/readyz").body().contains("no positive image for validation"));
            assertThat(trainer.get("/readyz").statusCode()).isEqualTo(200);
            assertThat(trainer.get("/livez").statusCode()).isEqualTo(200);
            labels.publish(0, 4, Split.VALIDATION);
            patiently().until(() -> trainer.released() == 1);
        }
    }

    @Test
    void failedRunIsNotedAndNotRepeatedAndTheServiceGoesOnUntilTheDiskIsMended() throws Exception {
        labels.publish(0, 4, Split.VALIDATION);
        labels.publish(4, 12, Split.TRAIN);
        Files.createDirectories(folder.resolve("trainer"));
        Path inTheWay = Files.writeString(folder.resolve("trainer/runs"), "not a folder");
        try (var trainer = trainer(Map.of())) {
            patiently().until(() -> trainer.failed() == 1);
            // A label later it has looked again, and has left the run alone.
            labels.publish(12, 13, Split.TRAIN);
            patiently().until(() -> trainer.metric("new_labels\\{[^}]*\\}") == 9);
            assertThat(trainer.failed()).isEqualTo(1);
            assertThat(trainer.isRunning()).isTrue();
            assertThat(trainer.get("/livez").statusCode()).isEqualTo(200);
            assertThat(trainer.get("/readyz").body()).contains("last-run").contains("failed");
        }
        delete(inTheWay);

        try (var trainer = trainer(Map.of())) {
            patiently().until(() -> trainer.released() == 1);
            assertThat(trainer.get("/readyz").body()).doesNotContain("last-run");
        }
    }

    @Test
    void brokerAndRegistryThatAreAwayAreSeenByATrainerThatWaitsForLabels() throws Exception {
        try (var trainer = trainer(Map.of(TrainerKeys.POLL_INTERVAL_MS, "3600000"))) {
            patiently().until(() -> trainer.get("/readyz").statusCode() == 200);

            stack.broker().stop();
            stack.registry().stop();
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(trainer.get("/readyz").body())
                            .contains("\"kafka-reachable\":\"Kafka (")
                            .contains("\"schema-registry-reachable\":\"The schema registry"));
            assertThat(trainer.get("/readyz").statusCode()).isEqualTo(503);
            stack.registry().start();
            stack.broker().start();

            patiently().until(() -> trainer.get("/readyz").statusCode() == 200);
            assertThat(trainer.isRunning()).isTrue();
        }
    }

    private RunningTrainer trainer(Map<String, String> more) {
        var keys = new HashMap<>(connection());
        keys.put(CommonKeys.HTTP_PORT, "0");
        keys.put(TrainKeys.PHASES, "pretrain");
        keys.put(TrainKeys.ARCHITECTURE, "small-cnn");
        keys.put(TrainKeys.MICRO_BATCH, "4");
        keys.put("pretrain.epochs", "1");
        keys.put("pretrain.side", "32");
        keys.put("pretrain.batch.size", "4");
        keys.put(TrainerKeys.FOLDER, folder.resolve("trainer").toString());
        keys.put(TrainerKeys.MODEL_STORE, folder.resolve("models").toString());
        keys.put(DatasetKeys.FOLDER, folder.resolve("dataset").toString());
        keys.put(TrainerKeys.NEW_LABELS, "8");
        keys.put(TrainerKeys.POLL_INTERVAL_MS, "200");
        keys.putAll(more);
        return new RunningTrainer(keys);
    }

    private static Map<String, String> connection() {
        return Map.of(
                CommonKeys.BOOTSTRAP_SERVERS,
                stack.bootstrapServers(),
                CommonKeys.SCHEMA_REGISTRY_URL,
                stack.registryUrl());
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(100));
    }

    private static ReleaseCatalogue catalogue() {
        return ReleaseTopic.of(ServiceConfig.of("trainer", CommonKeys.def(0), connection()))
                .read();
    }

    private static void promote(AnnouncedRelease release) {
        try (var announcer = ReleaseAnnouncer.of(ServiceConfig.of("trainer", CommonKeys.def(0), connection()))) {
            announcer.restage(release, ModelStage.PRODUCTION);
        }
    }

    private static String parent(AnnouncedRelease release) {
        return release.released().getLineage().getParent();
    }

    private static long offsets(AnnouncedRelease release) {
        return release.released().getLineage().getLabelOffsets().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private List<EpochRecord> history(String version) {
        return RunHistory.in(folder.resolve("trainer/runs").resolve(version).resolve("history.jsonl"))
                .epochs();
    }

    private static void delete(Path file) throws Exception {
        Files.delete(file);
    }
}
