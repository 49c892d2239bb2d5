package org.ctstream.sink.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.RecordPosition;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.sink.SinkKeys;
import org.ctstream.sink.scan.RecordReader;
import org.ctstream.sink.scan.ScanRecords;
import org.ctstream.sink.store.Classified;
import org.ctstream.sink.store.Database;
import org.ctstream.sink.store.DatabaseSettings;
import org.ctstream.sink.store.NewReview;
import org.ctstream.sink.store.Poll;
import org.ctstream.sink.store.ResultStore;
import org.ctstream.sink.store.Review;
import org.ctstream.sink.store.ReviewState;
import org.ctstream.sink.store.ReviewStore;
import org.ctstream.sink.store.SampleResults;
import org.junit.jupiter.api.Test;

/** Without Kafka: what needs no original is settled all the same. */
class ReviewSweeperTest {
    private static final int STUCK = 4;

    @Test
    void originalsThatCannotBeReadHoldNoOtherReviewUp() {
        ServiceConfig config = ServiceConfig.of(
                "results-sink",
                SinkKeys.def(),
                Map.of(
                        "bootstrap.servers", "localhost:1",
                        "schema.registry.url", "mock://sweeper",
                        "database.url", "jdbc:h2:mem:unused"));
        var settings = new DatabaseSettings(
                "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "", "", 2, Duration.ofSeconds(5));
        try (Database database = Database.open(settings, new SimpleMeterRegistry());
                var scans = new ScanRecords(RecordReader.of(config, Duration.ofMillis(200)), config);
                LabelTopic labels = LabelTopic.of(config)) {
            database.migrate();
            store(database);
            var reviews = new ReviewStore(database, Clock.systemUTC());
            for (int i = 0; i <= STUCK; i++) {
                reviews.keep(
                        new NewReview("id-of-a-review-" + i, "scan-" + i + "/1.0", Label.NEGATIVE, null, "dr-lee"));
            }

            try (var sweeper =
                    ReviewSweeper.start(reviews, new Reviews(reviews, scans, labels), Duration.ofMillis(20))) {
                assertThat(sweeper).isNotNull();
                await().atMost(Duration.ofSeconds(20))
                        .untilAsserted(() -> assertThat(reviews.find("id-of-a-review-" + STUCK))
                                .map(Review::state)
                                .contains(ReviewState.REFUSED));
            }

            assertThat(reviews.pendingScans(STUCK + 1)).hasSize(STUCK);
        }
    }

    /** The last one does not say where its original stands, so that its review can be refused at once. */
    private static void store(Database database) {
        var results = new ArrayList<Classified>();
        for (int i = 0; i <= STUCK; i++) {
            ScanClassified result = SampleResults.result("scan-" + i, Label.POSITIVE);
            result.setReceivedRecord(i < STUCK ? new RecordPosition("ct.scan.received", 0, (long) i) : null);
            results.add(
                    new Classified(new ConsumerRecord<>(SampleResults.TOPIC, 0, i, new byte[0], new byte[0]), result));
        }
        new ResultStore(database, "group", Clock.systemUTC())
                .store(new Poll(results, List.of(), Map.of(new TopicPartition(SampleResults.TOPIC, 0), 5L)), Map.of());
    }
}
