package org.ctstream.trainer.plot;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.ctstream.trainer.history.EpochRecord;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;

/** A chart whose horizontal axis counts the epochs of a run, through all its phases, from 1. */
final class EpochChart {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 600;

    private final XYChart chart;

    EpochChart(String title, ValueAxis axis) {
        chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle("epoch")
                .yAxisTitle(axis.label())
                .build();
    }

    /** Adds a line of the epochs in which the value was measured; none if it never was. */
    void addLine(String name, List<EpochRecord> epochs, ToDoubleFunction<EpochRecord> value, LineLook look) {
        List<Double> xs = new ArrayList<>();
        List<Double> ys = new ArrayList<>();
        for (int i = 0; i < epochs.size(); i++) {
            double y = value.applyAsDouble(epochs.get(i));
            if (Double.isFinite(y)) {
                xs.add(i + 1.0);
                ys.add(y);
            }
        }
        if (!xs.isEmpty()) {
            look.applyTo(chart.addSeries(name, xs, ys));
        }
    }

    /** Marks where each phase begins. */
    void markPhases(List<EpochRecord> epochs) {
        for (int i = 1; i < epochs.size(); i++) {
            if (!epochs.get(i).phase().equals(epochs.get(i - 1).phase())) {
                chart.addAnnotation(new AnnotationLine(i + 0.5, true, false));
            }
        }
    }

    /** Draws the chart into a file. */
    void write(Path file) {
        PictureFile.write(BitmapEncoder.getBufferedImage(chart), file);
    }
}
