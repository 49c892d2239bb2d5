package org.ctstream.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.ctstream.benchmarks.measure.Trend.Point;
import org.junit.jupiter.api.Test;

class TrendTest {
    @Test
    void lineThroughPointsOnALineIsThatLine() {
        Trend trend = Trend.of(List.of(new Point(10, 25), new Point(20, 45), new Point(30, 65)));

        assertThat(trend.slope()).isCloseTo(2, within(1e-12));
        assertThat(trend.at(0)).isCloseTo(5, within(1e-12));
    }

    @Test
    void ripplesAroundALevelHaveNoSlope() {
        Trend trend = Trend.of(List.of(new Point(1, 9), new Point(2, 11), new Point(3, 11), new Point(4, 9)));

        assertThat(trend.slope()).isCloseTo(0, within(1e-12));
        assertThat(trend.at(2.5)).isCloseTo(10, within(1e-12));
    }

    @Test
    void pointsAtOnePlaceHaveNoTrend() {
        assertThatThrownBy(() -> Trend.of(List.of(new Point(1, 2), new Point(1, 3))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 points");
        assertThatThrownBy(() -> Trend.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
