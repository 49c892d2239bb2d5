package org.ctstream.trainer.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.ctstream.trainer.evaluate.Calibration;
import org.ctstream.trainer.evaluate.Calibration.Bin;
import org.ctstream.trainer.evaluate.Estimate;
import org.ctstream.trainer.evaluate.Evaluation;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * The reliability diagram: the share of positives against the probability said, with Wilson's intervals, and below it how
 * many images each bin holds.
 */
final class CalibrationPicture {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 640;
    private static final int COUNTS_HEIGHT = 260;

    /** The two charts' plots stand one exactly above the other if their axes are equally wide. */
    private static final int AXIS_WIDTH = 80;

    private static final double LEAST_COUNT = 5;
    private static final double COUNT_HEADROOM = 1.08;

    private CalibrationPicture() {}

    static BufferedImage draw(Evaluation evaluation) {
        var picture = new BufferedImage(WIDTH, HEIGHT + COUNTS_HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        try {
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
            paint(reliability(evaluation), graphics, 0);
            paint(counts(evaluation.calibration().bins()), graphics, HEIGHT);
        } finally {
            graphics.dispose();
        }
        return picture;
    }

    private static void paint(Chart<?, ?> chart, Graphics2D graphics, int top) {
        graphics.drawImage(BitmapEncoder.getBufferedImage(chart), 0, top, null);
    }

    private static XYChart reliability(Evaluation evaluation) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(String.format(
                        Locale.ROOT,
                        "Calibration: expected error %.3f, Brier score %.3f",
                        evaluation.ece(),
                        evaluation.brier()))
                .xAxisTitle("probability of positive")
                .yAxisTitle("share of positive images")
                .build();
        ChartStyle.apply(chart.getStyler());
        chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0).setYAxisMin(0.0).setYAxisMax(1.0);
        chart.getStyler().setXAxisDecimalPattern("0.0").setYAxisDecimalPattern("0.0");
        chart.getStyler().setYAxisLeftWidthHint(AXIS_WIDTH);

        LineLook.GUIDE.applyTo(chart.addSeries("perfect", new double[] {0, 1}, new double[] {0, 1}));
        List<Double> probabilities = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        for (Bin bin : evaluation.calibration().bins()) {
            if (bin.images() > 0) {
                Estimate share = bin.share();
                probabilities.add(bin.meanProbability());
                shares.add(share.value());
                interval(chart, bin.meanProbability(), share);
            }
        }
        LineLook.VALIDATION.applyTo(chart.addSeries("model, with 95 % intervals", probabilities, shares));
        return chart;
    }

    private static void interval(XYChart chart, double probability, Estimate share) {
        var line = chart.addSeries("interval at " + probability, new double[] {probability, probability}, new double[] {
            share.low(), share.high()
        });
        LineLook.VALIDATION.withoutMarker().applyTo(line);
        line.setShowInLegend(false);
    }

    private static CategoryChart counts(List<Bin> bins) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(COUNTS_HEIGHT)
                .yAxisTitle("images")
                .build();
        ChartStyle.apply(chart.getStyler());
        chart.getStyler().setYAxisLeftWidthHint(AXIS_WIDTH);
        chart.getStyler().setYAxisDecimalPattern("0");
        int most = bins.stream().mapToInt(Bin::images).max().orElse(0);
        chart.getStyler().setYAxisMin(0.0).setYAxisMax(Math.max(LEAST_COUNT, most * COUNT_HEADROOM));
        chart.getStyler().setAvailableSpaceFill(0.9);
        chart.getStyler().setStacked(true);
        List<String> names = IntStream.range(0, Calibration.BINS)
                .mapToObj(bin -> String.format(Locale.ROOT, "to %.1f", (bin + 1.0) / Calibration.BINS))
                .toList();
        chart.addSeries("positive", names, bins.stream().map(Bin::positives).toList())
                .setFillColor(LineLook.ORANGE);
        chart.addSeries(
                        "negative",
                        names,
                        bins.stream().map(bin -> bin.images() - bin.positives()).toList())
                .setFillColor(LineLook.BLUE);
        return chart;
    }
}
