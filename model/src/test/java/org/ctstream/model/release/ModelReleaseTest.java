package org.ctstream.model.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelReleaseTest {
    private static final String DIGEST = "0123456789abcdef".repeat(4);
    private static final List<Double> THREE = List.of(0.5, 0.5, 0.5);
    private static final List<String> CLASSES = List.of("negative", "positive");

    @Test
    void completeReleaseIsAccepted() {
        assertThat(release(DIGEST, THREE, THREE, CLASSES, 1).id()).isEqualTo(new ReleaseId("name", "1"));
    }

    @Test
    void digestMustBeLowerCaseHexadecimal() {
        assertRefused("sha256", DIGEST.toUpperCase(Locale.ROOT), THREE, THREE, CLASSES, 0.5);
    }

    @Test
    void meanMustHaveOneFiniteValuePerChannel() {
        assertRefused("mean", DIGEST, List.of(0.5), THREE, CLASSES, 0.5);
        assertRefused("mean", DIGEST, List.of(0.5, 0.5, Double.NaN), THREE, CLASSES, 0.5);
    }

    @Test
    void standardDeviationMustBePositive() {
        assertRefused("standardDeviation", DIGEST, THREE, List.of(0.5, 0.0, 0.5), CLASSES, 0.5);
    }

    @Test
    void thereMustBeTwoClasses() {
        assertRefused("classes", DIGEST, THREE, THREE, List.of("only"), 0.5);
    }

    @Test
    void thresholdMustBeAProbability() {
        assertRefused("threshold", DIGEST, THREE, THREE, CLASSES, Double.NaN);
    }

    private static void assertRefused(
            String field,
            String sha256,
            List<Double> mean,
            List<Double> deviation,
            List<String> classes,
            double threshold) {
        assertThatThrownBy(() -> release(sha256, mean, deviation, classes, threshold))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("release name:1: " + field + " must be");
    }

    private static ModelRelease release(
            String sha256, List<Double> mean, List<Double> deviation, List<String> classes, double threshold) {
        return new ModelRelease(
                "name",
                "1",
                "",
                "tiny",
                sha256,
                32,
                32,
                mean,
                deviation,
                classes,
                threshold,
                false,
                Map.of(),
                new Lineage(Map.of(), 0, "test", null),
                Instant.EPOCH);
    }
}
