package org.ctstream.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.ctstream.embedded.EmbeddedStack;
import org.ctstream.embedded.EmbeddedStackSettings;
import org.ctstream.model.release.Lineage;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.releases.AnnouncedRelease;
import org.ctstream.releases.ReleaseAnnouncer;
import org.ctstream.releases.ReleaseTopic;
import org.ctstream.schemas.avro.InlinePayload;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.ModelStage;
import org.ctstream.schemas.avro.RecordPosition;
import org.ctstream.schemas.avro.ScanLabeled;
import org.ctstream.schemas.avro.Split;
import org.ctstream.schemas.avro.StudyClassified;
import org.ctstream.schemas.avro.StudyState;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.topic.Preparation;
import org.ctstream.sink.store.Database;
import org.ctstream.sink.store.DatabaseSettings;
import org.ctstream.sink.store.NewReview;
import org.ctstream.sink.store.Postgres;
import org.ctstream.sink.store.ReviewStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What stands behind the review page, with a real broker and registry, on both databases. */
class ReviewPageIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Map<String, String> FROM_THE_PAGE =
            Map.of("X-Ctstream-Page", "1", "Content-Type", "application/json");

    private static EmbeddedStack stack;
    private static Postgres postgres;
    private static ScanTopics topics;
    private static Path folder;

    /** Where results are kept. */
    enum Kept {
        H2,
        POSTGRES
    }

    @BeforeAll
    static void start(@TempDir Path data) {
        folder = data;
        stack = EmbeddedStack.start(EmbeddedStackSettings.in(data.resolve("stack")));
        postgres = new Postgres(data.resolve("postgres"));
        ServiceConfig config = config("preparation", Kept.H2, Map.of());
        Preparation.prepare(config);
        topics = new ScanTopics(config);
    }

    @AfterAll
    static void stop() {
        topics.close();
        postgres.close();
        stack.close();
    }

    @ParameterizedTest
    @EnumSource(Kept.class)
    void scanIsListedShownAndReviewedAndItsOriginalBecomesALabelledScan(Kept kept) throws Exception {
        String scanId = "reviewed-" + kept;
        topics.send(scanId, Label.POSITIVE);
        try (RunningSink sink = RunningSink.start(config("review-" + kept, kept, Map.of()))) {
            awaitStored(sink, scanId);

            assertThat(json(sink.get("/api/worklist?scan=" + scanId))
                            .at("/rows/0/result/scanId")
                            .asText())
                    .isEqualTo(scanId);
            assertThat(json(sink.get("/api/worklist/choices")).at("/sources/0").asText())
                    .isEqualTo("CT-1");
            var slice = ImageIO.read(new ByteArrayInputStream(sink.bytes("/api/scans/" + scanId + "/slice")));
            assertThat(slice.getRaster().getSample(2, 1, 0)).isEqualTo(255);
            assertThat(slice.getRaster().getSample(1, 0, 0)).isEqualTo(50);

            String review = review("id-of-a-review-" + kept, scanId, "NEGATIVE");
            HttpResponse<String> first = sink.post("/api/reviews", review, FROM_THE_PAGE);
            HttpResponse<String> again = sink.post("/api/reviews", review, FROM_THE_PAGE);

            assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
            assertThat(again.statusCode()).isEqualTo(201);
            assertThat(json(again)).isEqualTo(json(first));
            assertThat(topics.labels(scanId)).singleElement().satisfies(label -> {
                assertThat(label.getLabel()).isEqualTo(Label.NEGATIVE);
                assertThat(label.getImage()).isEqualTo(new InlinePayload(ByteBuffer.wrap(ScanTopics.ORIGINAL)));
                assertThat(label.getLabelledBy()).isEqualTo("radiologist-7");
                assertThat(label.getOrigin()).isEqualTo("review");
                assertThat(label.getSplit()).isEqualTo(Split.UNASSIGNED);
            });
            JsonNode scan = json(sink.get("/api/scans/" + scanId));
            assertThat(scan.at("/reviews")).hasSize(1);
            assertThat(scan.at("/reviews/0/state").asText()).isEqualTo("PUBLISHED");
            assertThat(scan.at("/reviews/0/note").asText()).isEqualTo("as read");
            assertThat(scan.at("/results/0/reviewedAs").asText()).isEqualTo("NEGATIVE");
            assertThat(scan.at("/results/0/heatmap/values")).hasSize(2);

            topics.send("beside-" + kept, Label.POSITIVE);
            awaitStored(sink, "beside-" + kept);
            JsonNode similar = json(sink.get("/api/scans/beside-" + kept + "/similar"));
            assertThat(similar.get("embedded").asBoolean()).isTrue();
            assertThat(similar.get("cases")).anySatisfy(found -> {
                assertThat(found.get("scanId").asText()).isEqualTo(scanId);
                assertThat(found.get("label").asText()).isEqualTo("NEGATIVE");
                assertThat(found.get("similarity").asDouble()).isBetween(0.9, 1.0);
            });

            assertThat(sink.post("/api/reviews", review("id-of-a-review-" + kept, scanId, "POSITIVE"), FROM_THE_PAGE)
                            .statusCode())
                    .as("another review with the same id")
                    .isEqualTo(409);
        }
    }

    @ParameterizedTest
    @EnumSource(Kept.class)
    void afterRetentionThePageSaysSoAndAReviewIsKeptHereAndNotCalledPublished(Kept kept) throws Exception {
        String scanId = "forgotten-" + kept;
        topics.forget(topics.send(scanId, Label.POSITIVE));
        try (RunningSink sink = RunningSink.start(config("forgotten-" + kept, kept, Map.of()))) {
            awaitStored(sink, scanId);
            JsonNode normalized = json(sink.get("/api/scans/" + scanId)).at("/results/0/normalized");
            topics.forget(new RecordPosition(
                    normalized.get("topic").asText(),
                    normalized.get("partition").asInt(),
                    normalized.get("offset").asLong()));

            HttpResponse<String> slice = sink.get("/api/scans/" + scanId + "/slice");
            assertThat(slice.statusCode()).isEqualTo(410);
            assertThat(json(slice).get("message").asText()).contains("retention");

            HttpResponse<String> review =
                    sink.post("/api/reviews", review("id-of-a-refused-" + kept, scanId, "POSITIVE"), FROM_THE_PAGE);
            assertThat(review.statusCode()).isEqualTo(202);
            assertThat(json(review).get("state").asText()).isEqualTo("REFUSED");
            assertThat(json(review).get("stateReason").asText()).contains("retention");
            assertThat(topics.labels(scanId)).isEmpty();
            assertThat(json(sink.get("/api/scans/" + scanId))
                            .at("/results/0/reviewedAs")
                            .isNull())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Kept.class)
    void reviewThatASinkKeptAndDidNotPublishIsPublishedByTheNext(Kept kept) throws Exception {
        String scanId = "waiting-" + kept;
        ServiceConfig config = config("waiting-" + kept, kept, Map.of());
        topics.send(scanId, Label.POSITIVE);
        try (RunningSink sink = RunningSink.start(config)) {
            awaitStored(sink, scanId);
        }
        try (Database database = Database.open(settings(config), new SimpleMeterRegistry())) {
            var review =
                    new NewReview("id-of-a-waiting-" + kept, scanId + "/1.0", Label.POSITIVE, null, "radiologist-7");
            assertThat(new ReviewStore(database, Clock.systemUTC()).keep(review))
                    .isPresent();
        }
        assertThat(topics.labels(scanId)).isEmpty();

        try (RunningSink sink = RunningSink.start(config)) {
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(json(sink.get("/api/scans/" + scanId))
                                    .at("/reviews/0/state")
                                    .asText())
                            .isEqualTo("PUBLISHED"));
        }
        assertThat(topics.labels(scanId)).extracting(ScanLabeled::getLabel).containsExactly(Label.POSITIVE);
    }

    @ParameterizedTest
    @EnumSource(Kept.class)
    void systemViewTellsLagWorkersAndModels(Kept kept) throws Exception {
        String group = "system-" + kept;
        topics.send("system-" + kept, Label.POSITIVE);
        try (RunningSink sink = RunningSink.start(config(group, kept, Map.of("drift.interval.ms", "1000")))) {
            awaitStored(sink, "system-" + kept);
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(json(sink.get("/api/drift"))
                                    .at("/sources/0/note")
                                    .asText())
                            .isEqualTo("fewer than 100 results with a finding"));

            await().atMost(LONG).untilAsserted(() -> {
                JsonNode groups = json(sink.get("/api/system/lag")).get("groups");
                assertThat(groups).anySatisfy(lag -> {
                    assertThat(lag.get("group").asText()).isEqualTo(group);
                    assertThat(lag.get("stage").asText()).isEqualTo("sink");
                    assertThat(lag.get("lag").asLong()).isZero();
                    assertThat(lag.get("partitions")).hasSize(6);
                });
            });
            assertThat(json(sink.get("/api/system/stream"))
                            .at("/workers/0/engine")
                            .asText())
                    .isEqualTo("pytorch");
            assertThat(sink.get("/api/system/models").statusCode()).isEqualTo(200);
            assertThat(json(sink.get("/api/system/dead-letters"))
                            .get("complete")
                            .asBoolean())
                    .isTrue();
        }
    }

    @Test
    void slicesAreRolledUpToAStudyThatIsProvisionalThenFinalThenAmendedByALateSlice() throws Exception {
        topics.send("slice-1", Label.NEGATIVE, "study-of-three");
        topics.send("slice-2", Label.POSITIVE, "study-of-three");
        Map<String, String> times = Map.of("study.quiet.ms", "3000", "study.provisional.ms", "500");
        try (RunningSink sink = RunningSink.start(config("study", Kept.H2, times))) {
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(topics.studies("study-of-three"))
                            .last()
                            .extracting(StudyClassified::getState)
                            .isEqualTo(StudyState.FINAL));
            topics.send("slice-3", Label.NEGATIVE, "study-of-three");
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(topics.studies("study-of-three"))
                            .last()
                            .matches(study -> study.getState() == StudyState.AMENDED && study.getComplete()));

            List<StudyClassified> studies = topics.studies("study-of-three");
            assertThat(studies.get(0).getState()).isEqualTo(StudyState.PROVISIONAL);
            assertThat(studies)
                    .extracting(StudyClassified::getRevision)
                    .isSorted()
                    .doesNotHaveDuplicates();
            StudyClassified last = studies.get(studies.size() - 1);
            assertThat(last.getSlices()).isEqualTo(3);
            assertThat(last.getLabel()).isEqualTo(Label.POSITIVE);
            assertThat(last.getWorstScanId()).isEqualTo("slice-2");

            JsonNode list = json(sink.get("/api/studies?state=amended&label=POSITIVE"));
            assertThat(list.at("/studies/0/study/studyUid").asText()).isEqualTo("study-of-three");
            assertThat(list.at("/studies/0/published").asBoolean()).isTrue();
            JsonNode study = json(sink.get("/api/studies/study-of-three"));
            assertThat(study.at("/study/revision").asInt()).isEqualTo(last.getRevision());
            assertThat(study.at("/study/summary/slices/negative").asInt()).isEqualTo(2);
            assertThat(study.at("/slices")).hasSize(3);
            assertThat(json(sink.get("/api/studies/study-of-three?limit=0")).at("/slices"))
                    .isEmpty();
            assertThat(sink.get("/api/studies/nowhere").statusCode()).isEqualTo(404);
            assertThat(sink.get("/api/studies?state=FINISHED").statusCode()).isEqualTo(400);
            assertThat(sink.get("/metrics").body()).contains("ctstream_studies_published_total");
        }
    }

    @Test
    void promotionOnThePageIsAnnouncedWithWhoAndWhyAndTheWayBackIsOffered() throws Exception {
        ServiceConfig config = config("promoting", Kept.H2, Map.of());
        try (RunningSink sink = RunningSink.start(config);
                var announcer = ReleaseAnnouncer.of(config)) {
            announcer.announce(release("1"), ModelStage.PRODUCTION, folder.resolve("elsewhere"));
            announcer.announce(release("2"), ModelStage.CANDIDATE, folder.resolve("elsewhere"));
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(json(sink.get("/api/models"))
                                    .at("/releases/0/version")
                                    .asText())
                            .isEqualTo("2"));

            HttpResponse<String> promoted = sink.post(
                    "/api/models/net/2/promote",
                    "{\"confirm\":\"net:2\",\"replaces\":\"net:1\",\"reason\":\"better in shadow\"}",
                    FROM_THE_PAGE);

            assertThat(promoted.statusCode()).as(promoted.body()).isEqualTo(200);
            AnnouncedRelease now = ReleaseTopic.of(config).read().production().orElseThrow();
            assertThat(now.id()).hasToString("net:2");
            assertThat(now.released().getChangedBy()).isEqualTo("radiologist-7");
            assertThat(now.released().getChangeReason()).isEqualTo("better in shadow");
            assertThat(now.released().getUri()).as("as it was announced").contains("elsewhere/net/2");
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(json(sink.get("/api/models"))
                                    .at("/releases/1/previous")
                                    .asBoolean())
                            .isTrue());
            assertThat(json(sink.get("/api/system/models"))
                            .at("/releases/0/serving")
                            .asBoolean())
                    .isTrue();
        }
    }

    private static ModelRelease release(String version) {
        return new ModelRelease(
                "net",
                version,
                "For tests.",
                "small-cnn",
                version.repeat(64),
                224,
                224,
                List.of(0.5, 0.5, 0.5),
                List.of(0.25, 0.25, 0.25),
                List.of("negative", "positive"),
                0.4,
                true,
                Map.of("auc", 0.91),
                new Lineage(Map.of("0", 12L), 7, "test", null),
                Instant.parse("2026-11-22T10:15:30Z"));
    }

    private static DatabaseSettings settings(ServiceConfig config) {
        return new DatabaseSettings(
                config.string(SinkKeys.DATABASE_URL),
                config.string(SinkKeys.DATABASE_USER),
                "",
                2,
                Duration.ofSeconds(10));
    }

    private static void awaitStored(RunningSink sink, String scanId) {
        await().atMost(LONG).until(() -> sink.get("/api/scans/" + scanId).statusCode() == 200);
    }

    private static String review(String id, String scanId, String label) {
        return "{\"reviewId\":\"" + id + "\",\"resultId\":\"" + scanId + "/1.0\",\"label\":\"" + label
                + "\",\"note\":\"as read\"}";
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return new ObjectMapper().readTree(answer.body());
    }

    private static ServiceConfig config(String group, Kept kept, Map<String, String> more) {
        var all = new HashMap<>(Map.of(
                "bootstrap.servers",
                stack.bootstrapServers(),
                "schema.registry.url",
                stack.registryUrl(),
                "instance.name",
                group,
                "http.port",
                "0",
                "sink.group.id",
                group,
                "database.url",
                kept == Kept.H2 ? "jdbc:h2:file:" + folder.resolve("h2-" + group) : postgres.url(),
                "database.user",
                kept == Kept.H2 ? "" : "postgres",
                "topics.replication.factor",
                "1",
                "review.reviewer",
                "radiologist-7"));
        all.putAll(more);
        return ServiceConfig.of("results-sink", SinkKeys.def(), all);
    }
}
