package org.ctstream.trainer.plot;

import java.awt.image.BufferedImage;
import org.ctstream.trainer.evaluate.Evaluation;
import org.ctstream.trainer.evaluate.RocCurve;
import org.ctstream.trainer.evaluate.RocCurve.Point;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The ROC curve, with the point at which the threshold operates. */
final class RocPicture {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 760;

    private RocPicture() {}

    static BufferedImage draw(RocCurve curve, Evaluation evaluation) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title("ROC: AUC " + Text.estimate(evaluation.aucEstimate()))
                .xAxisTitle("1 - specificity (" + evaluation.negatives() + " negative images)")
                .yAxisTitle("sensitivity (" + evaluation.positives() + " positive images)")
                .build();
        ChartStyle.apply(chart.getStyler());
        chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0).setYAxisMin(0.0).setYAxisMax(1.0);
        chart.getStyler().setXAxisDecimalPattern("0.0").setYAxisDecimalPattern("0.0");

        chart.getStyler().setMarkerSize(13);
        LineLook.GUIDE.applyTo(chart.addSeries("chance", new double[] {0, 1}, new double[] {0, 1}));
        XYSeries line = chart.addSeries(
                "model",
                curve.points().stream().mapToDouble(Point::falsePositiveRate).toArray(),
                curve.points().stream().mapToDouble(Point::truePositiveRate).toArray());
        LineLook.VALIDATION.withoutMarker().applyTo(line);
        addOperatingPoint(chart, evaluation);
        return BitmapEncoder.getBufferedImage(chart);
    }

    private static void addOperatingPoint(XYChart chart, Evaluation evaluation) {
        double sensitivity = evaluation.sensitivity().value();
        double specificity = evaluation.specificity().value();
        XYSeries point = chart.addSeries(
                "threshold " + Text.number(evaluation.threshold()) + ": sensitivity " + Text.number(sensitivity)
                        + ", specificity " + Text.number(specificity),
                new double[] {1 - specificity},
                new double[] {sensitivity});
        LineLook.TRAIN.applyTo(point);
        point.setLineStyle(SeriesLines.NONE);
        point.setMarker(SeriesMarkers.CIRCLE);
    }
}
