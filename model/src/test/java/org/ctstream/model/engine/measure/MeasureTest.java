package org.ctstream.model.engine.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.ctstream.model.TestReleases;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.Embedding;
import org.ctstream.model.classify.EngineDescription;
import org.ctstream.model.classify.Heatmap;
import org.ctstream.model.classify.Precision;
import org.ctstream.model.classify.Prediction;
import org.ctstream.model.classify.SliceBatch;
import org.ctstream.model.release.ModelRelease;
import org.junit.jupiter.api.Test;

class MeasureTest {
    private static final Prediction NO_NUMBER = new Prediction.NotFinite(Float.NaN, 0);

    private final List<String> calls = new ArrayList<>();

    @Test
    void percentilesAreTimesThatWereMeasured() {
        Timing timing = Timing.of(
                "x", 4, LongStream.rangeClosed(1, 100).map(i -> i * 1_000_000).toArray());

        assertThat(timing.fastestMillis()).isEqualTo(1);
        assertThat(timing.p50Millis()).isEqualTo(50);
        assertThat(timing.p95Millis()).isEqualTo(95);
        assertThat(timing.p99Millis()).isEqualTo(99);
        assertThat(timing.slicesPerSecond()).isCloseTo(400_000 / 5050.0, within(1e-9));
        assertThat(timing.ratioTo(Timing.of("y", 4, new long[] {101_000_000}))).isCloseTo(2, within(1e-9));
    }

    @Test
    void contestantsTakeTurnsAndEverySecondRoundGoesBackwards() {
        List<Integer> rounds = new ArrayList<>();
        var a = new Contestant("a", classifier("a"));
        var b = new Contestant("b", classifier("b"));

        List<Timing> timings = new InterleavedTiming(Duration.ZERO, 3).measure(List.of(a, b), slices(1), rounds::add);

        assertThat(calls).containsExactly("a", "a", "b", "b", "a", "b", "b", "a", "a", "b");
        assertThat(rounds).containsExactly(0, 1, 2, 3);
        assertThat(timings).extracting(Timing::name).containsExactly("a", "b");
        assertThat(timings).extracting(Timing::calls).containsExactly(3, 3);
    }

    @Test
    void blockGoesOnUntilItsTimeIsUsed() {
        var a = new Contestant("a", classifier("a"));

        Timing timing = new InterleavedTiming(Duration.ofMillis(5), 1)
                .measure(List.of(a), slices(1))
                .get(0);

        assertThat(timing.calls()).isGreaterThan(1);
        assertThat(timing.p50Millis() * timing.calls()).isLessThan(100);
    }

    @Test
    void differencesAndFlipsAreThoseOfTheProbabilities() {
        var parity = new Parity(
                classifier("one", scored(0.2), scored(0.4999), scored(0.9), NO_NUMBER),
                classifier("two", scored(0.2), scored(0.5001), scored(0.6), NO_NUMBER));

        parity.add(slices(4));
        Parity.Report report = parity.report();

        assertThat(report.slices()).isEqualTo(4);
        assertThat(report.compared()).isEqualTo(3);
        assertThat(report.maxDifference()).isCloseTo(0.3, within(1e-9));
        assertThat(report.meanDifference()).isCloseTo(0.3002 / 3, within(1e-9));
        assertThat(report.labelFlips()).isEqualTo(1);
        assertThat(report.unlikeNotFinite()).isZero();
        assertThat(report.within(0.29)).isFalse();
        assertThat(report.within(0.31)).isTrue();
    }

    @Test
    void numberOnOneSideOnlyIsNoParityHoweverWideTheTolerance() {
        var parity = new Parity(classifier("one", scored(0.2)), classifier("two", NO_NUMBER));

        parity.add(slices(1));

        assertThat(parity.report().unlikeNotFinite()).isEqualTo(1);
        assertThat(parity.report().within(1)).isFalse();
    }

    @Test
    void nothingComparedIsNoParity() {
        assertThat(new Parity(classifier("one"), classifier("two")).report().within(1))
                .isFalse();
    }

    @Test
    void numberOnNeitherSideIsNoParityEither() {
        var parity = new Parity(classifier("one", NO_NUMBER), classifier("two", NO_NUMBER));

        parity.add(slices(1));

        assertThat(parity.report().objection(1))
                .hasValueSatisfying(why -> assertThat(why).contains("nothing was compared"));
    }

    @Test
    void heatmapOfAnotherSizeOrOnOneSideOnlyIsNoParityHoweverWideTheTolerance() {
        var row = new Prediction.Scored(0.5, new Heatmap(1, 2, List.of(1f, 0.25f)));
        var column = new Prediction.Scored(0.5, new Heatmap(2, 1, List.of(1f, 0.25f)));
        var sizes = new Parity(classifier("one", row), classifier("two", column));
        var sides = new Parity(classifier("one", row), classifier("two", scored(0.5)));

        sizes.add(slices(1));
        sides.add(slices(1));

        assertThat(sizes.report().unlikeHeatmaps()).isEqualTo(1);
        assertThat(sizes.report().within(1)).isFalse();
        assertThat(sides.report().within(1)).isFalse();
    }

    @Test
    void cosineOfEmbeddingsMayBeTenTimesAsFarFromOneAsProbabilitiesAreApart() {
        var one = new Prediction.Scored(0.5, null, Embedding.ofBytes(new byte[] {100, 0}));
        var other = new Prediction.Scored(0.5, null, Embedding.ofBytes(new byte[] {100, 100}));
        var parity = new Parity(classifier("one", one, one, one), classifier("two", other, one, scored(0.5)));

        parity.add(slices(3));

        assertThat(parity.report().embeddings()).isEqualTo(2);
        assertThat(parity.report().minSimilarity()).isCloseTo(Math.sqrt(0.5), within(1e-9));
        assertThat(parity.report().within(0.03)).isTrue();
        assertThat(parity.report().objection(0.02))
                .hasValueSatisfying(why -> assertThat(why).contains("cosine down to 0.71, allowed 0.80"));
    }

    @Test
    void heatmapsMayBeTenTimesAsFarApartAsProbabilities() {
        var map = new Prediction.Scored(0.5, new Heatmap(1, 2, List.of(1f, 0.25f)));
        var other = new Prediction.Scored(0.5, new Heatmap(1, 2, List.of(1f, 0.5f)));
        var parity = new Parity(classifier("one", map), classifier("two", other));

        parity.add(slices(1));

        assertThat(parity.report().within(0.026)).isTrue();
        assertThat(parity.report().objection(0.024))
                .hasValueSatisfying(why -> assertThat(why).contains("heatmaps differ by up to 0.25, allowed 0.24"));
    }

    @Test
    void heatmapsAreComparedWhereBothHaveOne() {
        var map = new Prediction.Scored(0.5, new Heatmap(1, 2, List.of(1f, 0.25f)));
        var other = new Prediction.Scored(0.5, new Heatmap(1, 2, List.of(1f, 0.5f)));
        var parity = new Parity(classifier("one", map, map), classifier("two", other, scored(0.5)));

        parity.add(slices(2));

        assertThat(parity.report().heatmaps()).isEqualTo(1);
        assertThat(parity.report().maxHeatmapDifference()).isCloseTo(0.25, within(1e-6));
    }

    @Test
    void halfPrecisionMayBeFurtherAway() {
        assertThat(Parity.tolerance(Precision.FP32)).isEqualTo(1e-4);
        assertThat(Parity.tolerance(Precision.FP16)).isEqualTo(5e-3);
    }

    @Test
    void machineSaysWhatItIs() {
        assertThat(Machine.here().text())
                .contains(Integer.toString(Runtime.getRuntime().availableProcessors()))
                .contains(Runtime.version().toString());
    }

    private static Prediction scored(double probability) {
        return new Prediction.Scored(probability);
    }

    private static SliceBatch slices(int count) {
        var batch = new SliceBatch(count, TestReleases.SIDE, TestReleases.SIDE);
        while (!batch.isFull()) {
            batch.add(new byte[TestReleases.SIDE * TestReleases.SIDE]);
        }
        return batch;
    }

    /** Answers with these, or one half to a single slice if there are none. */
    private Classifier classifier(String name, Prediction... answers) {
        return new Classifier() {
            @Override
            public List<Prediction> classify(SliceBatch batch) {
                calls.add(name);
                return answers.length == 0 ? List.of(scored(0.5)) : List.of(answers);
            }

            @Override
            public ModelRelease release() {
                return TestReleases.release("1.0.0", TestReleases.weights());
            }

            @Override
            public EngineDescription engine() {
                return new EngineDescription(name, org.ctstream.model.classify.Device.CPU, "1", 1);
            }

            @Override
            public int maxBatchSize() {
                return 8;
            }

            @Override
            public void close() {}
        };
    }
}
