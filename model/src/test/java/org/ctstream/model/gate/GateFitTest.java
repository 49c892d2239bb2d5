package org.ctstream.model.gate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fits to numbers of which everything is known: independent, normally distributed. */
class GateFitTest {
    private static final double SPREAD = 0.5;

    @Test
    void distanceIsInStandardDeviationsOfTheNearestSource() {
        GateParameters fitted = GateFit.fit("test-1", List.of(source("a", 0, 2_000), source("b", 40, 2_000)), 0.01);
        var gate = new ChestGate(fitted);

        assertThat(gate.distance(at(0))).isLessThan(0.3);
        assertThat(gate.distance(at(40))).isLessThan(0.3);
        double[] away = at(0);
        away[3] += 10 * SPREAD;
        assertThat(gate.distance(away)).isCloseTo(10, within(0.5));
        assertThat(gate.distance(at(20))).isGreaterThan(100);
    }

    @Test
    void shareOfTheSlicesAskedForIsRefused() {
        var gate = new ChestGate(GateFit.fit("test-1", List.of(source("a", 0, 2_000)), 0.02));

        long refused = slices(new Random(7), 0, 2_000).stream()
                .filter(slice -> gate.distance(slice) > gate.parameters().threshold())
                .count();

        assertThat(refused).isBetween(20L, 70L);
    }

    @Test
    void madeSlicesSayWhereTheyAreAndNotHowSlicesDiffer() {
        GateParameters with = GateFit.fit("t", List.of(source("a", 0, 500), made(10)), 0.01);
        GateParameters without = GateFit.fit("t", List.of(source("a", 0, 500)), 0.01);

        assertThat(with.spread()).isEqualTo(without.spread());
        assertThat(new ChestGate(with).distance(at(10))).isZero();
        assertThat(new ChestGate(without).distance(at(10))).isGreaterThan(50);
    }

    @Test
    void parametersAreReadAsTheyWereWritten(@TempDir Path folder) throws IOException {
        GateParameters fitted = GateFit.fit("test-1", List.of(source("a", 0, 100)), 0.01);

        assertThat(GateParameters.read(new ByteArrayInputStream(fitted.write())))
                .isEqualTo(fitted);
        Path file = Files.write(folder.resolve("gate.json"), fitted.write());
        assertThat(ChestGate.read(file).parameters()).isEqualTo(fitted);
    }

    @Test
    void fileThatIsNoGateIsNamedWithItsFault(@TempDir Path folder) throws IOException {
        Path other = Files.writeString(folder.resolve("other.json"), "{\"name\": \"x\"}");
        String text =
                new String(GateFit.fit("t", List.of(source("a", 0, 100)), 0.01).write(), UTF_8);
        Path older =
                Files.writeString(folder.resolve("older.json"), text.replace("\"features\" : 46", "\"features\" : 45"));

        assertThatThrownBy(() -> ChestGate.read(other))
                .hasMessageContaining("other.json")
                .hasMessageContaining("features");
        assertThatThrownBy(() -> ChestGate.read(older))
                .hasMessageContaining("45")
                .hasMessageContaining("fit it again");
        assertThatThrownBy(() -> ChestGate.read(folder.resolve("none")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none");
    }

    @Test
    void tooFewSlicesAreRefused() {
        assertThatThrownBy(() -> GateFit.fit("t", List.of(source("ward", 0, 99)), 0.01))
                .hasMessageContaining("ward")
                .hasMessageContaining("99");
        assertThatThrownBy(() -> GateFit.fit("t", List.of(made(0)), 0.01)).hasMessageContaining("real");
    }

    @Test
    void bundledGateRefusesWhatIsNoPicture() {
        ChestGate gate = ChestGate.bundled();

        GateVerdict blank = gate.judge(SliceFeaturesTest.slice((row, column) -> 128));
        var random = new Random(1);
        GateVerdict noise = gate.judge(SliceFeaturesTest.slice((row, column) -> random.nextInt(256)));

        assertThat(blank.reason())
                .hasValueSatisfying(reason ->
                        assertThat(reason).contains("every pixel has the same grey value", "gate chest-ct-1"));
        assertThat(noise.reason())
                .hasValueSatisfying(
                        reason -> assertThat(reason).contains("not like a chest CT slice: distance ", "at most "));
    }

    private static GateFit.Source made(double mean) {
        return new GateFit.Source(
                "made", false, IntStream.range(0, 100).mapToObj(i -> at(mean)).toList());
    }

    private static GateFit.Source source(String name, double mean, int count) {
        return new GateFit.Source(name, true, slices(new Random(count + (long) mean), mean, count));
    }

    private static List<double[]> slices(Random random, double mean, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> random.doubles(SliceFeatures.COUNT)
                        .map(unused -> mean + SPREAD * random.nextGaussian())
                        .toArray())
                .toList();
    }

    private static double[] at(double value) {
        return IntStream.range(0, SliceFeatures.COUNT).mapToDouble(i -> value).toArray();
    }
}
