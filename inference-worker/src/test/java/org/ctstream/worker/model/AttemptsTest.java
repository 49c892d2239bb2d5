package org.ctstream.worker.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.ctstream.releases.AnnouncedRelease;
import org.ctstream.releases.ReleaseCatalogue;
import org.ctstream.schemas.avro.Lineage;
import org.ctstream.schemas.avro.ModelReleased;
import org.ctstream.schemas.avro.ModelStage;
import org.junit.jupiter.api.Test;

class AttemptsTest {
    private static final ReleaseFailure PASSING = new ReleaseFailure("absent", "not there yet", true);
    private static final ReleaseFailure LASTING = new ReleaseFailure("corrupt", "damaged", false);

    private long now;
    private final Attempts attempts = new Attempts(Duration.ofSeconds(1), Duration.ofSeconds(60), () -> now);

    @Test
    void whatHasNotFailedMayBeTriedAtOnce() {
        assertThat(attempts.untilDue(announced(1))).isZero();
    }

    @Test
    void whatMayPassIsTriedAgainAfterAPauseThatGrowsToALimit() {
        attempts.failed(announced(1), PASSING);
        assertThat(attempts.untilDue(announced(1))).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));

        now += Duration.ofSeconds(1).toNanos();
        assertThat(attempts.untilDue(announced(1))).isZero();

        for (int i = 0; i < 20; i++) {
            attempts.failed(announced(1), PASSING);
        }
        assertThat(attempts.untilDue(announced(1))).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
    }

    @Test
    void whatCannotPassIsNotTriedAgainBeforeItIsAnnouncedAnew() {
        attempts.failed(announced(1), LASTING);
        now += Duration.ofDays(30).toNanos();

        assertThat(attempts.untilDue(announced(1))).isEqualTo(Attempts.NEVER);
        assertThat(attempts.untilDue(announced(2))).isZero();
    }

    @Test
    void whatIsNotInProductionAnyMoreIsForgotten() {
        attempts.failed(announced(1), LASTING);

        attempts.keepOnlyThoseOf(ReleaseCatalogue.EMPTY);

        assertThat(attempts.untilDue(announced(1))).isZero();
    }

    private static AnnouncedRelease announced(long offset) {
        return new AnnouncedRelease(
                ModelReleased.newBuilder()
                        .setName("net")
                        .setVersion("1")
                        .setUri("file:///models/net/1")
                        .setSha256("ab".repeat(32))
                        .setArchitecture("small-cnn")
                        .setMean(List.of(0.5, 0.5, 0.5))
                        .setStandardDeviation(List.of(0.25, 0.25, 0.25))
                        .setThreshold(0.5)
                        .setTrained(true)
                        .setMetrics(Map.of())
                        .setLineage(new Lineage(Map.of(), 1L, "test", null))
                        .setStage(ModelStage.PRODUCTION)
                        .setReleasedAt(Instant.EPOCH)
                        .build(),
                offset);
    }
}
