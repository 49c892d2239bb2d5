package org.ctstream.benchmarks.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ctstream.benchmarks.cluster.ResidentMemory;
import org.ctstream.benchmarks.measure.Sample;
import org.ctstream.benchmarks.measure.Trend;
import org.ctstream.benchmarks.report.Figures;
import org.ctstream.benchmarks.report.Table;
import org.ctstream.benchmarks.report.Target;

/** Follows a process's resident memory while something is done again and again. For one thread. */
final class MemoryWatch {
    /** What the page cache of mapped files and a JIT compiler's moods do in any process that has no leak. */
    private static final double WANTED_GROWTH = 0.02;

    private static final int ROWS = 10;

    private final long pid;
    private final String what;
    private final List<Trend.Point> points = new ArrayList<>();

    /** @param what of which the first number of each point is a count */
    MemoryWatch(long pid, String what) {
        this.pid = pid;
        this.what = what;
    }

    /** Notes the memory now. */
    void note(double done) {
        points.add(new Trend.Point(done, ResidentMemory.mebibytes(pid)));
    }

    /** Growth from the end of the warm-up to the end, along the line through all points between, over the median. */
    double growth(double warmUp) {
        List<Trend.Point> after = after(warmUp);
        Trend trend = Trend.of(after);
        double last = after.get(after.size() - 1).x();
        return (trend.at(last) - trend.at(after.get(0).x())) / median(after);
    }

    Target target(double warmUp) {
        return Target.atMost(
                "growth of RSS after warm-up, over the median RSS, along the fitted line",
                WANTED_GROWTH,
                growth(warmUp));
    }

    /** About ten of the points, and the line's slope. */
    Table table(double warmUp, double per) {
        List<Trend.Point> after = after(warmUp);
        double slope = Trend.of(after).slope() * per;
        var table = new Table(
                "Resident memory of the worker (RSS). Slope after the first " + Figures.of(warmUp) + " " + what + ": "
                        + Figures.of(slope) + " MiB per " + Figures.of(per) + " " + what + "; median "
                        + Figures.of(median(after)) + " MiB.",
                what,
                "RSS, MiB");
        IntStream.rangeClosed(0, ROWS)
                .map(i -> (points.size() - 1) * i / ROWS)
                .distinct()
                .mapToObj(points::get)
                .forEach(point -> table.row(Figures.of(point.x()), Figures.of(point.y())));
        return table;
    }

    private static double median(List<Trend.Point> after) {
        return Sample.of(after.stream().map(Trend.Point::y).toList()).median();
    }

    private List<Trend.Point> after(double warmUp) {
        return points.stream().filter(point -> point.x() >= warmUp).toList();
    }
}
