package org.ctstream.releases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ctstream.schemas.avro.ModelStage.CANDIDATE;
import static org.ctstream.schemas.avro.ModelStage.PRODUCTION;
import static org.ctstream.schemas.avro.ModelStage.RETIRED;

import org.ctstream.model.release.ReleaseId;
import org.ctstream.releases.Promotion.Kind;
import org.ctstream.schemas.avro.ModelStage;
import org.junit.jupiter.api.Test;

class PromotionTest {
    private ReleaseCatalogue catalogue = ReleaseCatalogue.EMPTY;
    private long offset;

    @Test
    void firstReleaseTakesThePlaceOfTheDefaultOne() {
        announce("1", CANDIDATE);

        assertThat(of("1").kind()).isEqualTo(Kind.FIRST);
        assertThat(of("1").replaces()).isNull();
        assertThat(of("1").effect()).contains("No release is in production", "default release");
    }

    @Test
    void wayBackLeadsToWhatWasInProductionAndIsNotRetired() {
        announce("1", PRODUCTION);
        announce("2", PRODUCTION);
        announce("3", CANDIDATE);

        assertThat(of("1").kind()).isEqualTo(Kind.BACK);
        assertThat(of("2").kind()).isEqualTo(Kind.AGAIN);
        assertThat(of("3").kind()).isEqualTo(Kind.FORWARD);
        assertThat(of("4").kind()).as("never announced").isEqualTo(Kind.FORWARD);
        assertThat(of("3").effect()).isEqualTo("net:3 replaces net:2 in production.");

        announce("1", RETIRED);
        assertThat(of("1").kind()).as("taken out for good").isEqualTo(Kind.FORWARD);
    }

    @Test
    void rollbackGoesToTheReleaseBeforeAndASecondOneComesBackUnlessWhatWasLeftIsRetired() {
        announce("1", PRODUCTION);
        assertThat(Promotion.previous(catalogue)).isEmpty();
        announce("2", PRODUCTION);
        announce("3", PRODUCTION);
        assertThat(previous()).isEqualTo("2");

        announce("2", PRODUCTION);
        assertThat(previous()).isEqualTo("3");

        announce("3", RETIRED);
        assertThat(previous()).isEqualTo("1");
    }

    @Test
    void weightsThatWereNotAnnouncedUnderTheNameAreRefused() {
        announce("1", CANDIDATE);
        var id = new ReleaseId("net", "1");

        assertThat(Promotion.otherWeights(catalogue, id, Releases.digest("1"), "the store"))
                .isEmpty();
        assertThat(Promotion.otherWeights(catalogue, id, Releases.digest("2"), "the store"))
                .hasValueSatisfying(why ->
                        assertThat(why).contains("announced with other weights than the store", Releases.digest("1")));
        assertThat(Promotion.otherWeights(catalogue, new ReleaseId("net", "2"), "any", "the store"))
                .isEmpty();
    }

    @Test
    void whoAndWhyAreOneLineOfBoundedLength() {
        assertThat(new StageChange(PRODUCTION, "dr-lee", null).by()).isEqualTo("dr-lee");
        assertThatThrownBy(() -> new StageChange(PRODUCTION, " ", null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new StageChange(PRODUCTION, "dr-lee", "two\nlines"))
                .hasMessageContaining("one line");
        assertThatThrownBy(() -> new StageChange(PRODUCTION, "dr-lee", "half a pair \ud800"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new StageChange(PRODUCTION, "dr-lee", "x".repeat(StageChange.MAX_REASON + 1)))
                .hasMessageContaining("500");
    }

    private Promotion of(String version) {
        return Promotion.of(catalogue, new ReleaseId("net", version));
    }

    private String previous() {
        return Promotion.previous(catalogue).orElseThrow().id().version();
    }

    private void announce(String version, ModelStage stage) {
        catalogue = catalogue.with(new AnnouncedRelease(Releases.record(version, stage), offset++));
    }
}
