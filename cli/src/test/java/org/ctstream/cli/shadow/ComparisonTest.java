package org.ctstream.cli.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.ctstream.schemas.avro.Label;
import org.junit.jupiter.api.Test;

/** Counting and measuring what two releases said, by numbers worked out by hand. */
class ComparisonTest {
    private static final double EXACT = 1e-12;

    private final List<Compared> compared = new ArrayList<>();

    @Test
    void kappaIsTheOneOfCohensTable() {
        add("CT-1", 20, 0.9, 0.9);
        add("CT-1", 5, 0.1, 0.9);
        add("CT-2", 10, 0.9, 0.1);
        add("CT-2", 15, 0.1, 0.1);

        Agreement agreement = Agreement.of(compared);

        assertThat(agreement).isEqualTo(new Agreement(20, 15, 10, 5, 0, 0));
        assertThat(agreement.scans()).isEqualTo(50);
        assertThat(agreement.share()).isEqualTo(0.7, within(EXACT));
        // 0.7 observed, 0.6 * 0.5 + 0.4 * 0.5 = 0.5 by chance.
        assertThat(agreement.kappa()).isEqualTo(0.4, within(EXACT));
    }

    @Test
    void kappaIsNotToldWhereItIsNotDetermined() {
        assertThat(Agreement.of(List.of()).kappa()).isNull();
        assertThat(Agreement.of(List.of()).share()).isNull();

        add("CT-1", 3, 0.1, 0.2);
        assertThat(Agreement.of(compared).share()).isEqualTo(1.0);
        assertThat(Agreement.of(compared).kappa())
                .as("both said the same of all")
                .isNull();
    }

    @Test
    void undecidedScansAreInNoAgreementAndNeverAFlip() {
        add("CT-1", 1, Double.NaN, 0.9);
        add("CT-1", 1, 0.9, Double.NaN);
        add("CT-1", 1, Double.NaN, Double.NaN);

        assertThat(Agreement.of(compared)).isEqualTo(new Agreement(0, 0, 0, 0, 1, 2));
        assertThat(Differences.of(compared)).isNull();
        assertThat(compared).noneMatch(Compared::isFlip);
        assertThat(Answer.of(Label.INDETERMINATE, 0.5)).isEqualTo(Answer.of(OptionalDouble.empty(), 0.5));
    }

    @Test
    void differencesAreOfTheCandidateFromProduction() {
        for (int i = 0; i <= 100; i++) {
            add("CT-1", 1, i / 100.0, 0.5);
        }

        Differences differences = Objects.requireNonNull(Differences.of(compared));

        assertThat(differences.mean()).isEqualTo(0, within(EXACT));
        assertThat(differences.least()).isEqualTo(-0.5, within(EXACT));
        assertThat(differences.p05()).isEqualTo(-0.45, within(EXACT));
        assertThat(differences.median()).isEqualTo(0, within(EXACT));
        assertThat(differences.p95()).isEqualTo(0.45, within(EXACT));
        assertThat(differences.most()).isEqualTo(0.5, within(EXACT));
        assertThat(Quantiles.of(new double[] {1, 2}, 0.25)).isEqualTo(1.25, within(EXACT));
    }

    @Test
    void sourcesWithMostFlipsComeFirst() {
        add("quiet", 5, 0.9, 0.9);
        add("loud", 2, 0.9, 0.1);
        add("loud", 2, 0.9, 0.9);
        add("undecided", 1, Double.NaN, 0.9);

        assertThat(SourceFlips.of(compared))
                .containsExactly(new SourceFlips("loud", 4, 2), new SourceFlips("quiet", 5, 0));
        assertThat(SourceFlips.of(compared).get(0).rate()).isEqualTo(0.5);
    }

    @Test
    void labelledOriginalCountsOnceAndReleasesAreMeasuredOnTheSameScans() {
        add("CT-1", 2, 0.9, 0.2);
        add("CT-1", 1, 0.1, 0.6);
        add("CT-1", 1, Double.NaN, 0.9);
        compared.add(new Compared(
                new ScanKey("again", compared.get(0).key().digest()),
                "CT-1",
                Answer.of(OptionalDouble.of(0.9), 0.5),
                Answer.of(OptionalDouble.of(0.2), 0.5)));
        Map<String, Boolean> positive = Map.of(
                compared.get(0).key().digest(), true,
                compared.get(2).key().digest(), false,
                compared.get(3).key().digest(), true);

        LabelledScores scores = LabelledScores.of(compared, positive, 0.5, 0.5).orElseThrow();

        assertThat(scores.candidate().size()).isEqualTo(2);
        assertThat(scores.ofCandidate().auc()).isEqualTo(1);
        assertThat(scores.ofProduction().auc()).isZero();
        assertThat(scores.ofCandidate().brier()).isEqualTo((0.01 + 0.01) / 2, within(EXACT));
        assertThat(LabelledScores.of(compared, Map.of(), 0.5, 0.5)).isEmpty();
    }

    private void add(String source, int scans, double candidate, double production) {
        for (int i = 0; i < scans; i++) {
            int number = compared.size();
            compared.add(new Compared(
                    new ScanKey("scan" + number, "digest" + number), source, answer(candidate), answer(production)));
        }
    }

    private static Answer answer(double probability) {
        return Answer.of(Double.isNaN(probability) ? OptionalDouble.empty() : OptionalDouble.of(probability), 0.5);
    }
}
