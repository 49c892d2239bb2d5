package org.ctstream.reliability.soak;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ctstream.benchmarks.measure.Sample;
import org.ctstream.benchmarks.measure.Trend;
import org.ctstream.benchmarks.report.Figures;
import org.ctstream.benchmarks.report.Table;
import org.ctstream.benchmarks.report.Target;
import org.ctstream.reliability.cluster.ServiceProcess;

/** Follows what services hold, over time. For one thread. */
public final class Watch {
    private static final double HOUR = 3_600;

    private final Map<ServiceProcess, List<Reading>> readings = new LinkedHashMap<>();
    private final double warmUpShare;

    /** @param warmUpShare part of the time, from its beginning, that is left out of every line */
    public Watch(List<ServiceProcess> services, double warmUpShare) {
        services.forEach(service -> readings.put(service, new ArrayList<>()));
        this.warmUpShare = warmUpShare;
    }

    /** Reads all of them once. */
    public void read(double seconds) throws IOException {
        for (var entry : readings.entrySet()) {
            Reading.of(entry.getKey(), seconds).ifPresent(entry.getValue()::add);
        }
    }

    /** That each holding of each service is flat. */
    public List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        readings.forEach((service, all) -> {
            for (Holding holding : Holding.values()) {
                targets.add(Target.atMost(
                        service.name() + ": growth of " + holding.text() + " after warm-up, along the fitted line",
                        holding.allowed(median(holding, after(all))),
                        growth(holding, after(all))));
            }
        });
        return targets;
    }

    /** Median, first, last and slope of each. */
    public Table table() {
        var table = new Table(
                "What each service holds after warm-up.", "Service", "", "first", "median", "last", "slope per hour");
        readings.forEach((service, all) -> {
            List<Reading> after = after(all);
            for (Holding holding : Holding.values()) {
                table.row(
                        service.name(),
                        holding.text(),
                        Figures.of(holding.of(after.get(0))),
                        Figures.of(median(holding, after)),
                        Figures.of(holding.of(after.get(after.size() - 1))),
                        Figures.of(trend(holding, after).slope() * HOUR));
            }
        });
        return table;
    }

    private List<Reading> after(List<Reading> all) {
        double from = all.isEmpty() ? 0 : all.get(all.size() - 1).seconds() * warmUpShare;
        return all.stream().filter(reading -> reading.seconds() >= from).toList();
    }

    private static double growth(Holding holding, List<Reading> after) {
        Trend trend = trend(holding, after);
        return trend.at(after.get(after.size() - 1).seconds())
                - trend.at(after.get(0).seconds());
    }

    private static Trend trend(Holding holding, List<Reading> after) {
        return Trend.of(after.stream()
                .map(reading -> new Trend.Point(reading.seconds(), holding.of(reading)))
                .toList());
    }

    private static double median(Holding holding, List<Reading> after) {
        return Sample.of(after.stream().map(holding::of).toList()).median();
    }
}
