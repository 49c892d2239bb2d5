package org.ctstream.benchmarks.measure;

import java.util.List;

/**
 * A straight line through points, by least squares.
 *
 * @param slope growth of y for one of x
 * @param intercept y at x = 0
 */
public record Trend(double slope, double intercept) {

    /**
     * A point.
     *
     * @param x for example scans done
     * @param y for example bytes
     */
    public record Point(double x, double y) {}

    /**
     * The line nearest to the points.
     *
     * @throws IllegalArgumentException if there are fewer than two different x
     */
    public static Trend of(List<Point> points) {
        double meanX = points.stream().mapToDouble(Point::x).average().orElse(Double.NaN);
        double meanY = points.stream().mapToDouble(Point::y).average().orElse(Double.NaN);
        double spread = points.stream()
                .mapToDouble(point -> (point.x() - meanX) * (point.x() - meanX))
                .sum();
        if (!(spread > 0)) {
            throw new IllegalArgumentException(
                    "a trend needs points at two or more places, found " + points.size() + " points at one or none");
        }
        double together = points.stream()
                .mapToDouble(point -> (point.x() - meanX) * (point.y() - meanY))
                .sum();
        double slope = together / spread;
        return new Trend(slope, meanY - slope * meanX);
    }

    /** y on the line. */
    public double at(double x) {
        return intercept + slope * x;
    }
}
