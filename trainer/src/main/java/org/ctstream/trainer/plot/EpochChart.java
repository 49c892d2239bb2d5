package org.ctstream.trainer.plot;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.ctstream.trainer.history.EpochRecord;
import org.ctstream.trainer.plot.Phases.Phase;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;

/**
 * A chart whose horizontal axis counts the epochs of a run, through all its phases, from 1. A line is interrupted between
 * two phases, for a loss before and after is not the same quantity.
 */
final class EpochChart {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 600;

    /** With more epochs than this, markers would hide the line. */
    private static final int EPOCHS_WITH_MARKERS = 60;

    /** Room above the highest value, as a part of the axis: the phases' names stand there. */
    private static final double HEADROOM = 0.07;

    private final XYChart chart;
    private final ValueAxis axis;
    private final List<Double> values = new ArrayList<>();
    private int epochCount;
    private boolean phasesNamed;

    EpochChart(String title, ValueAxis axis) {
        this.axis = axis;
        chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle("epoch")
                .yAxisTitle(axis.label())
                .build();
        ChartStyle.apply(chart.getStyler());
        chart.getStyler().setYAxisDecimalPattern(axis.pattern());
        // Labels are kept different from each other, so that without decimals only whole epochs have one.
        chart.getStyler().setXAxisDecimalPattern("0");
    }

    /** Adds a line of the epochs in which the value was measured; none if it never was. */
    void addLine(String name, List<EpochRecord> epochs, ToDoubleFunction<EpochRecord> value, LineLook look) {
        epochCount = Math.max(epochCount, epochs.size());
        boolean first = true;
        for (Phase phase : Phases.of(epochs)) {
            List<Double> xs = new ArrayList<>();
            List<Double> ys = new ArrayList<>();
            for (int i = phase.from(); i < phase.to(); i++) {
                double y = value.applyAsDouble(epochs.get(i));
                if (Double.isFinite(y)) {
                    xs.add(i + 1.0);
                    ys.add(y);
                }
            }
            if (!xs.isEmpty()) {
                // Names must differ; the legend shows the first only.
                XYSeries line = chart.addSeries(first ? name : name + " #" + phase.from(), xs, ys);
                line.setShowInLegend(first);
                (epochs.size() > EPOCHS_WITH_MARKERS && xs.size() > 1 ? look.withoutMarker() : look).applyTo(line);
                first = false;
                values.addAll(ys);
            }
        }
    }

    /** Marks where each phase begins and names it; a run of one phase needs no marks. */
    void markPhases(List<EpochRecord> epochs) {
        List<Phase> phases = Phases.of(epochs);
        if (phases.size() < 2) {
            return;
        }
        phasesNamed = true;
        for (Phase phase : phases) {
            if (phase.from() > 0) {
                chart.addAnnotation(new AnnotationLine(phase.from() + 0.5, true, false));
            }
            double middle = (phase.from() + 1 + phase.to()) / 2.0;
            chart.addAnnotation(new AnnotationText(phase.name(), middle, top() - span() * HEADROOM / 3, false));
        }
    }

    /** Draws the chart into a file. */
    void write(Path file) {
        chart.getStyler().setXAxisMin(0.0);
        chart.getStyler().setXAxisMax(epochCount + 1.0);
        chart.getStyler().setYAxisMin(lowest());
        chart.getStyler().setYAxisMax(top());
        PictureFile.write(BitmapEncoder.getBufferedImage(chart), file);
    }

    private double lowest() {
        return axis.lowest(values.stream().mapToDouble(Double::doubleValue));
    }

    private double span() {
        double highest = axis.highest(values.stream().mapToDouble(Double::doubleValue));
        return (highest - lowest()) * (phasesNamed ? 1 + HEADROOM : 1);
    }

    private double top() {
        return lowest() + span();
    }
}
