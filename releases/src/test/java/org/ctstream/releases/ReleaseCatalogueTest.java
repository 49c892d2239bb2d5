package org.ctstream.releases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ctstream.schemas.avro.ModelStage.CANDIDATE;
import static org.ctstream.schemas.avro.ModelStage.PRODUCTION;
import static org.ctstream.schemas.avro.ModelStage.RETIRED;

import org.ctstream.model.release.ReleaseId;
import org.ctstream.schemas.avro.ModelReleased;
import org.ctstream.schemas.avro.ModelStage;
import org.junit.jupiter.api.Test;

class ReleaseCatalogueTest {
    private ReleaseCatalogue catalogue = ReleaseCatalogue.EMPTY;
    private long offset;

    @Test
    void candidatesAreNotInProduction() {
        announce("1", CANDIDATE);

        assertThat(catalogue.production()).isEmpty();
        assertThat(catalogue.releases()).extracting(AnnouncedRelease::stage).containsExactly(CANDIDATE);
    }

    @Test
    void newestPromotedReleaseIsInProduction() {
        announce("1", PRODUCTION);
        announce("2", CANDIDATE);
        announce("2", PRODUCTION);

        assertThat(inProduction()).isEqualTo("2");
        assertThat(catalogue.inProduction())
                .extracting(release -> release.id().version())
                .containsExactly("2", "1");
    }

    @Test
    void rollingBackIsPromotingTheOldOneAgain() {
        announce("1", PRODUCTION);
        announce("2", PRODUCTION);
        announce("1", PRODUCTION);

        assertThat(inProduction()).isEqualTo("1");
    }

    @Test
    void retiringTheOneInProductionBringsBackTheOneBefore() {
        announce("1", PRODUCTION);
        announce("2", PRODUCTION);
        announce("2", RETIRED);

        assertThat(inProduction()).isEqualTo("1");

        announce("1", RETIRED);
        assertThat(catalogue.production()).isEmpty();
    }

    @Test
    void laterStageOfAnotherReleaseChangesNothing() {
        announce("1", PRODUCTION);
        announce("2", CANDIDATE);
        announce("2", RETIRED);

        assertThat(inProduction()).isEqualTo("1");
    }

    @Test
    void releaseTakenOffTheTopicIsGone() {
        announce("1", PRODUCTION);
        announce("2", PRODUCTION);
        catalogue = catalogue.without("net:2");

        assertThat(inProduction()).isEqualTo("1");
        assertThat(catalogue.find(new ReleaseId("net", "2"))).isEmpty();
    }

    @Test
    void earlierCatalogueStaysAsItWas() {
        announce("1", PRODUCTION);
        ReleaseCatalogue before = catalogue;
        announce("2", PRODUCTION);

        assertThat(before.production().orElseThrow().id().version()).isEqualTo("1");
    }

    @Test
    void recordHandedOutIsACopy() {
        announce("1", PRODUCTION);
        AnnouncedRelease release = catalogue.production().orElseThrow();
        release.released().setStage(RETIRED);
        release.metrics().clear();

        assertThat(release.stage()).isEqualTo(PRODUCTION);
        assertThat(release.metrics()).containsEntry("auc", 0.91);
    }

    @Test
    void nameThatCouldLeaveTheStoreIsRefused() {
        ModelReleased record = Releases.record("1", PRODUCTION);
        record.setName("../net");

        assertThatThrownBy(() -> new AnnouncedRelease(record, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private String inProduction() {
        return catalogue.production().orElseThrow().id().version();
    }

    private void announce(String version, ModelStage stage) {
        catalogue = catalogue.with(new AnnouncedRelease(Releases.record(version, stage), offset++));
    }
}
