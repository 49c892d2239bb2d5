package org.ctstream.sink.similar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.sink.store.Classified;
import org.ctstream.sink.store.Database;
import org.ctstream.sink.store.DatabaseSettings;
import org.ctstream.sink.store.EmbeddingQueries;
import org.ctstream.sink.store.NewReview;
import org.ctstream.sink.store.Poll;
import org.ctstream.sink.store.RecordPlace;
import org.ctstream.sink.store.ResultStore;
import org.ctstream.sink.store.ReviewStore;
import org.ctstream.sink.store.SampleResults;
import org.ctstream.sink.store.Settlement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which confirmed cases stand beside a scan: embeddings here are angles in degrees. */
class SimilarSearchTest {
    private static final Instant NOW = Instant.parse("2026-11-23T18:00:00Z");

    private final AtomicLong time = new AtomicLong(NOW.toEpochMilli());
    private final Database database = Database.open(
            new DatabaseSettings("jdbc:h2:mem:" + UUID.randomUUID(), "", "", 3, Duration.ofSeconds(5)),
            new SimpleMeterRegistry());
    private final ReviewStore reviews = new ReviewStore(database, Clock.systemUTC());
    private final SimilarSearch search = new SimilarSearch(new EmbeddingQueries(database), new Clock() {
        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(time.get());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    });
    private long offset;

    @BeforeEach
    void migrate() {
        database.migrate();
    }

    @AfterEach
    void close() {
        search.close();
        database.close();
    }

    @Test
    void nearestConfirmedCasesComeFirstWithWhatTheirReadersSay() {
        store("asked", 0);
        reviewed(store("far", 80), Label.POSITIVE);
        reviewed(store("near", 10), Label.NEGATIVE);
        reviewed(store("middle", 40), Label.POSITIVE);
        store("unread", 1);

        SimilarCases found = search.of("asked", 2).orElseThrow();

        assertThat(found.cases()).extracting(SimilarCase::scanId).containsExactly("near", "middle");
        assertThat(found.cases().get(0).label()).isEqualTo("NEGATIVE");
        assertThat(found.cases().get(0).modelLabel()).isEqualTo("POSITIVE");
        assertThat(found.cases().get(0).similarity()).isCloseTo(Math.cos(Math.toRadians(10)), within(0.01));
        assertThat(found.compared()).isEqualTo(3);
        assertThat(found.comparedPositive()).isEqualTo(2);
        assertThat(found.resultId()).isEqualTo("asked/1.0");
    }

    @Test
    void scanItselfItsStudyItsPatientAndTheSamePictureProveNothing() {
        ScanClassified asked = result("asked", 0);
        reviewed(store(asked), Label.POSITIVE);
        ScanClassified slice = result("slice", 1);
        slice.setStudyUid(asked.getStudyUid());
        ScanClassified earlier = result("earlier", 1);
        earlier.setPatientRef(asked.getPatientRef());
        ScanClassified again = result("again", 0);
        again.setSourceDigest(asked.getSourceDigest());
        List.of(slice, earlier, again).forEach(result -> reviewed(store(result), Label.POSITIVE));

        assertThat(search.of("asked", 6).orElseThrow())
                .isEqualTo(new SimilarCases("asked/1.0", true, 0, 0, false, List.of()));
    }

    @Test
    void neighbouringSlicesOfOnePatientAreOneCase() {
        store("asked", 0);
        for (int i = 1; i <= 4; i++) {
            ScanClassified slice = result("slice-" + i, 10 + i);
            slice.setStudyUid("one study");
            reviewed(store(slice), Label.POSITIVE);
        }
        reviewed(store("other", 60), Label.NEGATIVE);

        SimilarCases found = search.of("asked", 6).orElseThrow();

        assertThat(found.cases()).extracting(SimilarCase::scanId).containsExactly("slice-1", "other");
        assertThat(found.compared()).isEqualTo(5);
    }

    @Test
    void scansThatSayNothingOfStudyAndPatientAreTakenForOnesOfTheirOwn() {
        ScanClassified asked = result("asked", 0);
        ScanClassified other = result("other", 5);
        List.of(asked, other).forEach(result -> {
            result.setStudyUid(null);
            result.setPatientRef(null);
            store(result);
        });
        reviewed("other", Label.POSITIVE);

        assertThat(search.of("asked", 6).orElseThrow().cases()).hasSize(1);
    }

    @Test
    void embeddingsOfOtherWeightsAreNotCompared() {
        store("asked", 0);
        ScanClassified other = result("other", 0);
        other.setModelDigest("ef".repeat(32));
        reviewed(store(other), Label.POSITIVE);

        assertThat(search.of("asked", 6).orElseThrow().compared()).isZero();
        assertThat(search.of("other", 6).orElseThrow().embedded()).isTrue();
    }

    @Test
    void resultWithoutAnEmbeddingSaysSoAndAScanWithoutAResultIsUnknown() {
        ScanClassified bare = result("bare", 0);
        bare.setEmbedding(null);
        store(bare);

        assertThat(search.of("bare", 6)).contains(new SimilarCases("bare/1.0", false, 0, 0, false, List.of()));
        assertThat(search.of("nowhere", 6)).isEmpty();
        assertThatThrownBy(() -> search.of("bare", 25)).hasMessageContaining("1 to 24");
    }

    @Test
    void casesReviewedMeanwhileAreReadInTheBackground() {
        store("asked", 0);
        assertThat(search.of("asked", 6).orElseThrow().cases()).isEmpty();
        reviewed(store("new", 10), Label.POSITIVE);
        assertThat(search.of("asked", 6).orElseThrow().cases())
                .as("what is in memory still holds")
                .isEmpty();

        time.addAndGet(SimilarSearch.FRESH.toMillis() + 1);

        assertThat(search.of("asked", 6).orElseThrow().renewing())
                .as("says that asking again is worth it")
                .isTrue();
        await().untilAsserted(() -> {
            SimilarCases found = search.of("asked", 6).orElseThrow();
            assertThat(found.cases()).hasSize(1);
            assertThat(found.renewing()).isFalse();
        });
    }

    private static ScanClassified result(String scanId, int degrees) {
        ScanClassified result = SampleResults.result(scanId, Label.POSITIVE);
        result.setStudyUid("study of " + scanId);
        result.setPatientRef("patient of " + scanId);
        result.setSourceDigest("picture of " + scanId);
        result.setEmbedding(ByteBuffer.wrap(new byte[] {
            (byte) Math.round(127 * Math.cos(Math.toRadians(degrees))),
            (byte) Math.round(127 * Math.sin(Math.toRadians(degrees)))
        }));
        return result;
    }

    private String store(String scanId, int degrees) {
        return store(result(scanId, degrees));
    }

    private String store(ScanClassified result) {
        var record = new ConsumerRecord<>(SampleResults.TOPIC, 0, offset++, new byte[0], new byte[0]);
        new ResultStore(database, "group", Clock.systemUTC())
                .store(
                        new Poll(
                                List.of(new Classified(record, result)),
                                List.of(),
                                Map.of(new TopicPartition(SampleResults.TOPIC, 0), offset)),
                        Map.of());
        return result.getScanId();
    }

    private void reviewed(String scanId, Label label) {
        reviews.keep(new NewReview("review-of-" + scanId, scanId + "/1.0", label, null, "reader"));
        reviews.settleNext(
                scanId, (review, place) -> new Settlement.Published(new RecordPlace("ct.scan.labeled", 0, offset)));
    }
}
