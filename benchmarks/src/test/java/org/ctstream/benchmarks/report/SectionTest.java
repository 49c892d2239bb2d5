package org.ctstream.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.ctstream.benchmarks.measure.Sample;
import org.junit.jupiter.api.Test;

class SectionTest {
    @Test
    void sectionHasTargetsTablesNotesAndConditionsInThisOrder() {
        var section = new Section(
                "trial",
                "A trial",
                "What was done.",
                List.of(Target.atLeast("share", 0.9, 0.95)),
                List.of(new Table("Times.", "what", "ms").row("engine", "1.5")),
                List.of("A note."),
                new Conditions().put("threads", 2));

        assertThat(section.markdown()).isEqualTo("""
                ## A trial

                What was done.

                | Target | Wanted | Measured | Verdict |
                | --- | --- | --- | --- |
                | share | at least 0.900 | 0.950 | met |

                Times.

                | what | ms |
                | --- | --- |
                | engine | 1.5 |

                A note.

                | Condition |  |
                | --- | --- |
                | threads | 2 |
                """);
    }

    @Test
    void targetIsMetUpToItsLimitAndNotWhenNothingWasMeasured() {
        assertThat(Target.atMost("time", 1.02, 1.02).isMet()).isTrue();
        assertThat(Target.atMost("time", 1.02, 1.021).verdict()).isEqualTo("**not met**");
        assertThat(Target.atLeast("rate", 2_000, 1_999).isMet()).isFalse();
        assertThat(Target.atLeast("rate", 2_000, Double.NaN).isMet()).isFalse();
        assertThat(Target.atMost("rate", 2_000, Double.NaN).verdict()).isEqualTo("not measured");
    }

    @Test
    void numbersHaveAboutThreeDigitsAndRatiosThreeDecimals() {
        assertThat(Figures.of(12_345.6)).isEqualTo("12,346");
        assertThat(Figures.of(123.45)).isEqualTo("123");
        assertThat(Figures.of(12.345)).isEqualTo("12.3");
        assertThat(Figures.of(-1.2345)).isEqualTo("-1.23");
        assertThat(Figures.of(0.0000123)).isEqualTo("1.2e-05");
        assertThat(Figures.of(0)).isEqualTo("0.00");
        assertThat(Figures.of(Double.NaN)).isEqualTo("not measured");
        assertThat(Figures.ratios(Sample.of(0.9514, 0.94, 0.962))).isEqualTo("0.951 (0.940 to 0.962)");
        assertThat(Figures.ratios(Sample.of(0.95))).isEqualTo("0.950");
        assertThat(Figures.medianAndMin(Sample.of(12.34, 12.1, 15))).isEqualTo("12.3 (min 12.1)");
    }

    @Test
    void cellCannotEndItsCellOrLine() {
        var table = new Table("", "a", "b").row("x|y", "two\nlines");

        assertThat(table.markdown()).endsWith("| x\\|y | two lines |");
    }

    @Test
    void rowOfAnotherLengthIsRefused() {
        assertThatThrownBy(() -> new Table("", "a", "b").row("x")).hasMessageContaining("expected: 2");
    }

    @Test
    void conditionsOfThisProcessNameNoHost() {
        String conditions = Conditions.ofThisProcess().markdown();

        assertThat(conditions).contains("| machine | ", " cores, ", "| JDK | ", "| commit | ", "| date | ");
        String host = System.getenv().getOrDefault("HOSTNAME", "");
        if (host.length() > 3) {
            assertThat(conditions).doesNotContain(host);
        }
    }
}
