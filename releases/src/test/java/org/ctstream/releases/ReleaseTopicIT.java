package org.ctstream.releases;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.ctstream.embedded.EmbeddedStack;
import org.ctstream.embedded.EmbeddedStackSettings;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.schemas.avro.ModelStage;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.error.StageException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Announcing and following on a real broker and registry. */
class ReleaseTopicIT {
    private static final String TOPIC = Topic.MODEL_RELEASED.topicName();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static EmbeddedStack stack;

    @BeforeAll
    static void start() {
        stack = EmbeddedStack.start(EmbeddedStackSettings.in(folder));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @BeforeEach
    void emptyTopic() throws Exception {
        recreate(1);
    }

    @Test
    void whatIsAnnouncedIsReadAgainAsItWas() {
        ModelRelease release = Releases.release("1");
        long offset;
        try (var announcer = announcer()) {
            offset = announcer.announce(release, ModelStage.CANDIDATE, Path.of("/models"));
        }

        AnnouncedRelease read = topic().read().find(release.id()).orElseThrow();

        assertThat(read.offset()).isEqualTo(offset);
        assertThat(read.stage()).isEqualTo(ModelStage.CANDIDATE);
        assertThat(read.sha256()).isEqualTo(release.sha256());
        assertThat(read.architecture()).isEqualTo(release.architecture());
        assertThat(read.metrics()).isEqualTo(release.metrics());
        assertThat(read.released().getUri()).isEqualTo("file:///models/net/1");
        assertThat(read.released().getThreshold()).isEqualTo(release.threshold());
        assertThat(read.released().getLineage().getLabelOffsets()).containsEntry("0", 12L);
        assertThat(read.released().getLineage().getParent()).isEqualTo("net:0");
    }

    @Test
    void rollBackAndRetirementAreFollowedAsTheyHappen() {
        var heard = new Heard();
        try (var announcer = announcer();
                var follower = ReleaseFollower.start(topic(), heard)) {
            await().atMost(PATIENCE).until(() -> heard.catalogues.size() == 1);
            assertThat(heard.catalogues.get(0).production()).isEmpty();

            announcer.announce(Releases.release("1"), ModelStage.PRODUCTION, folder);
            awaitProduction(follower, "1");
            announcer.announce(Releases.release("2"), ModelStage.PRODUCTION, folder);
            awaitProduction(follower, "2");
            announcer.restage(announced(follower, "1"), ModelStage.PRODUCTION);
            awaitProduction(follower, "1");
            announcer.restage(announced(follower, "1"), ModelStage.RETIRED);
            awaitProduction(follower, "2");
            send("net:2", null);
            awaitProduction(follower, null);
        }
        assertThat(heard.away).isEmpty();
    }

    @Test
    void junkAmongTheAnnouncementsIsPassedOver() {
        try (var announcer = announcer()) {
            announcer.announce(Releases.release("1"), ModelStage.PRODUCTION, folder);
            send("net:1", "not Avro at all");
            send("net:2", "nor this");
            announcer.announce(Releases.release("3"), ModelStage.CANDIDATE, folder);
        }

        ReleaseCatalogue catalogue = topic().read();

        assertThat(catalogue.production().orElseThrow().id()).hasToString("net:1");
        assertThat(catalogue.releases()).hasSize(2);
        assertThat(catalogue.skipped()).extracting(SkippedRecord::offset).containsExactly(1L, 2L);
    }

    @Test
    void followerOutlivesABrokerThatIsAway() {
        var heard = new Heard();
        try (var announcer = announcer();
                var follower = ReleaseFollower.start(topic(), heard)) {
            announcer.announce(Releases.release("1"), ModelStage.PRODUCTION, folder);
            awaitProduction(follower, "1");

            stack.broker().stop();
            try (var late = ReleaseFollower.start(topic(), new Heard())) {
                assertThatThrownBy(() -> topic().read()).isInstanceOf(RetriableStageException.class);
                assertThat(late.catalogue().production()).isEmpty();
                assertThat(follower.catalogue().production()).isPresent();
                stack.broker().start();
                awaitProduction(late, "1");
                announcer.announce(Releases.release("2"), ModelStage.PRODUCTION, folder);
                awaitProduction(late, "2");
                awaitProduction(follower, "2");
            }
        }
    }

    @Test
    void followerOutlivesARegistryThatIsAway() {
        var heard = new Heard();
        try (var announcer = announcer()) {
            announcer.announce(Releases.release("1"), ModelStage.PRODUCTION, folder);
        }
        stack.registry().stop();
        // Its decoder knows no schema yet and has to ask.
        try (var follower = ReleaseFollower.start(topic(), heard)) {
            await().atMost(PATIENCE).until(() -> !heard.away.isEmpty());
            assertThat(heard.catalogues).isEmpty();
            stack.registry().start();
            awaitProduction(follower, "1");
        } finally {
            if (!stack.registry().isRunning()) {
                stack.registry().start();
            }
        }
    }

    @Test
    void followerOutlivesAnErrorAndTellsOfIt() {
        var heard = new Heard();
        var failing = new ReleaseListener() {
            private boolean failed;

            @Override
            public void catalogue(ReleaseCatalogue catalogue) {
                if (!failed) {
                    failed = true;
                    throw new ExceptionInInitializerError("no such class");
                }
                heard.catalogue(catalogue);
            }

            @Override
            public void away(StageException why) {
                heard.away(why);
            }
        };
        try (var follower = ReleaseFollower.start(topic(), failing)) {
            await().atMost(PATIENCE).until(() -> heard.catalogues.size() == 1);

            assertThat(heard.away)
                    .singleElement()
                    .satisfies(why -> assertThat(why).hasMessageContaining("no such class"));
            assertThat(follower.catalogue().releases()).isEmpty();
        }
    }

    @Test
    void missingTopicIsNamedWithTheRemedy() throws Exception {
        delete();

        assertThatThrownBy(() -> topic().read())
                .isInstanceOf(FatalStageException.class)
                .hasMessageContaining(TOPIC)
                .hasMessageContaining("topics create");
        recreate(1);
    }

    @Test
    void topicOfSeveralPartitionsIsRefusedBecauseItHasNoOrder() throws Exception {
        recreate(3);

        assertThatThrownBy(() -> topic().read())
                .isInstanceOf(FatalStageException.class)
                .hasMessageContaining("has 3 partitions");
    }

    private static void awaitProduction(ReleaseFollower follower, @Nullable String version) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(follower.catalogue()
                                .production()
                                .map(release -> release.id().version()))
                        .isEqualTo(Optional.ofNullable(version)));
    }

    private static AnnouncedRelease announced(ReleaseFollower follower, String version) {
        return follower.catalogue().find(new ReleaseId("net", version)).orElseThrow();
    }

    private static ReleaseTopic topic() {
        return new ReleaseTopic(
                Map.of("bootstrap.servers", stack.bootstrapServers(), "default.api.timeout.ms", "3000"),
                Map.of("schema.registry.url", stack.registryUrl(), "max.retries", "0"));
    }

    private static ReleaseAnnouncer announcer() {
        return ReleaseAnnouncer.open(
                Map.of("bootstrap.servers", stack.bootstrapServers()),
                Map.of("schema.registry.url", stack.registryUrl()));
    }

    private static void send(String key, @Nullable String value) {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            var unused = producer.send(
                    new ProducerRecord<>(TOPIC, key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8)));
        }
    }

    private static void recreate(int partitions) throws Exception {
        delete();
        try (Admin admin = admin()) {
            var topic = new NewTopic(TOPIC, partitions, (short) 1)
                    .configs(Topic.MODEL_RELEASED.spec().configs());
            // A deletion is answered before the broker has forgotten the topic.
            await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                admin.createTopics(List.of(topic)).all().get();
                return true;
            });
        }
    }

    private static void delete() throws Exception {
        try (Admin admin = admin()) {
            if (admin.listTopics().names().get().contains(TOPIC)) {
                admin.deleteTopics(List.of(TOPIC)).all().get();
            }
            await().atMost(PATIENCE)
                    .until(() -> !admin.listTopics().names().get().contains(TOPIC));
        }
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()));
    }

    private static final class Heard implements ReleaseListener {
        private final List<ReleaseCatalogue> catalogues = new CopyOnWriteArrayList<>();
        private final List<StageException> away = new CopyOnWriteArrayList<>();

        @Override
        public void catalogue(ReleaseCatalogue catalogue) {
            catalogues.add(catalogue);
        }

        @Override
        public void away(StageException why) {
            away.add(why);
        }
    }
}
