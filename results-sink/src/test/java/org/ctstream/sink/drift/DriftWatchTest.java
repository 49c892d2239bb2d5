package org.ctstream.sink.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.sink.drift.Comparison.State;
import org.ctstream.sink.store.Classified;
import org.ctstream.sink.store.Database;
import org.ctstream.sink.store.DatabaseSettings;
import org.ctstream.sink.store.DriftQueries;
import org.ctstream.sink.store.Poll;
import org.ctstream.sink.store.ResultStore;
import org.ctstream.sink.store.SampleResults;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found of results in a database. */
class DriftWatchTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final DriftSettings SETTINGS = new DriftSettings(Duration.ofHours(24), 100, Duration.ofHours(1));
    private static final String DIGEST = "cd".repeat(32);

    private final Metrics metrics = new Metrics("test");
    private final Database database = Database.open(
            new DatabaseSettings(
                    "jdbc:h2:mem:drift-" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "", "", 2, Duration.ofSeconds(10)),
            new SimpleMeterRegistry());
    private long offset;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @AfterEach
    void close() {
        database.close();
        metrics.close();
    }

    @Test
    void sourceThatChangedIsToldFromOneThatDidNot() throws Exception {
        database.migrate();
        profile(even(400));
        store("steady", NOW.minus(Duration.ofDays(3)), even(200));
        store("steady", NOW.minus(Duration.ofHours(1)), even(150));
        store("changed", NOW.minus(Duration.ofDays(3)), even(200));
        store("changed", NOW.minus(Duration.ofHours(1)), constant(150, 0.97));

        DriftReport report = reader().read();

        assertThat(report.at()).isEqualTo(NOW);
        assertThat(report.sources()).extracting(SourceDrift::source).containsExactly("changed", "steady");
        assertThat(report.sources().get(1)).satisfies(steady -> {
            assertThat(state(steady.training())).isEqualTo(State.STEADY);
            assertThat(state(steady.earlier())).isEqualTo(State.STEADY);
            assertThat(steady.note()).isEmpty();
            assertThat(steady.results()).isEqualTo(150);
        });
        assertThat(report.sources().get(0)).satisfies(changed -> {
            assertThat(state(changed.training())).isEqualTo(State.SHIFTED);
            assertThat(state(changed.earlier())).isEqualTo(State.SHIFTED);
            assertThat(changed.meanProbability()).isEqualTo(0.97, within(1e-9));
        });
    }

    @Test
    void whatIsNotKnownIsSaidAndNothingIsConcludedFromIt() {
        database.migrate();
        store("few", NOW.minus(Duration.ofHours(1)), even(99));
        store("unknown", NOW.minus(Duration.ofHours(1)), even(100));

        List<SourceDrift> sources = reader().read().sources();

        assertThat(sources).allSatisfy(source -> {
            assertThat(source.training()).isNull();
            assertThat(source.earlier()).isNull();
        });
        assertThat(sources.get(0).note()).contains("no profile of this release", "fewer than 100 earlier results");
        assertThat(sources.get(1).note()).isEqualTo("fewer than 100 results with a finding");
    }

    @Test
    void resultsWithoutAFindingCountForTheirShareAlone() {
        database.migrate();
        store("mixed", NOW.minus(Duration.ofHours(1)), constant(30, 0.2));
        store("mixed", NOW.minus(Duration.ofHours(1)), constant(10, 0.9), Label.INDETERMINATE);

        SourceDrift mixed = reader().read().sources().get(0);

        assertThat(mixed.results()).isEqualTo(40);
        assertThat(mixed.indeterminateShare()).isEqualTo(0.25);
        assertThat(mixed.meanProbability()).isEqualTo(0.2, within(1e-9));
    }

    @Test
    void sourceWhoseEmbeddingsTurnIsToldAlthoughItsProbabilitiesStay() {
        database.migrate();
        var random = new Random(3);
        store("turned", NOW.minus(Duration.ofDays(3)), even(200), Label.NEGATIVE, () -> embedding(random, 0));
        store("turned", NOW.minus(Duration.ofHours(1)), even(150), Label.NEGATIVE, () -> embedding(random, 40));

        SourceDrift turned = reader().read().sources().get(0);

        assertThat(state(turned.earlier())).isEqualTo(State.STEADY);
        assertThat(state(turned.earlierEmbeddings())).isEqualTo(State.SHIFTED);
        assertThat(turned.trainingEmbeddings()).as("no profile").isNull();
    }

    @Test
    void watchKeepsWhatItFoundAndMeasuresIt() throws Exception {
        database.migrate();
        profile(even(400));
        store("CT-1", NOW.minus(Duration.ofHours(1)), constant(150, 0.97));

        try (var watch = new DriftWatch(reader(), SETTINGS, metrics)) {
            assertThat(watch.latest().at()).isNull();
            watch.start();

            await().untilAsserted(() -> assertThat(watch.latest().sources()).hasSize(1));
            await().untilAsserted(
                            () -> assertThat(metrics.scrape())
                                    .containsPattern(
                                            "ctstream_drift_psi\\{.*against=\"training\".*of=\"probabilities\".*source=\"CT-1\".*} [1-9]"));
        }
    }

    private DriftReader reader() {
        return new DriftReader(
                new DriftQueries(database), new Profiles(folder), SETTINGS, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private void profile(double[] probabilities) throws Exception {
        var profile =
                new ReferenceProfile("densenet169", "1.0", DIGEST, "made", Bins.ofProbabilities(probabilities), null);
        Files.write(folder.resolve(profile.fileName()), profile.write());
    }

    private static State state(@Nullable Comparison comparison) {
        assertThat(comparison).isNotNull();
        return Objects.requireNonNull(comparison).state();
    }

    private static double[] even(int count) {
        return IntStream.range(0, count).mapToDouble(i -> (i + 0.5) / count).toArray();
    }

    private static double[] constant(int count, double probability) {
        return IntStream.range(0, count).mapToDouble(i -> probability).toArray();
    }

    private void store(String source, Instant at, double[] probabilities) {
        store(source, at, probabilities, Label.NEGATIVE);
    }

    private static ByteBuffer embedding(Random random, int turned) {
        byte[] values = new byte[32];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) ((i < 16 ? 60 : turned) + random.nextInt(20));
        }
        return ByteBuffer.wrap(values);
    }

    private void store(String source, Instant at, double[] probabilities, Label label) {
        store(source, at, probabilities, label, () -> null);
    }

    private void store(
            String source, Instant at, double[] probabilities, Label label, Supplier<@Nullable ByteBuffer> embeddings) {
        var results = new ArrayList<Classified>();
        for (double probability : probabilities) {
            ScanClassified result = SampleResults.result("scan-" + offset, label);
            result.setSource(source);
            result.setProbability(probability);
            result.setEmbedding(embeddings.get());
            results.add(new Classified(
                    new ConsumerRecord<>(SampleResults.TOPIC, 0, offset++, new byte[0], new byte[0]), result));
        }
        new ResultStore(database, "group", Clock.fixed(at, ZoneOffset.UTC))
                .store(
                        new Poll(results, List.of(), Map.of(new TopicPartition(SampleResults.TOPIC, 0), offset)),
                        Map.of());
    }
}
