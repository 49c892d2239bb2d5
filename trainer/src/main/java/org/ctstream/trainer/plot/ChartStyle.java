package org.ctstream.trainer.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** How all charts look: black on white, a light grid, the legend below. */
final class ChartStyle {
    static final Color INK = new Color(0x222222);
    static final Color FAINT = new Color(0x8A8A8A);
    private static final Color GRID = new Color(0xE4E4E4);
    private static final double CONTENT = 0.96;
    private static final float[] DASHES = {6, 5};

    private ChartStyle() {}

    static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    static void apply(AxesChartStyler styler) {
        styler.setAxisTitleFont(font(Font.PLAIN, 15));
        styler.setAxisTickLabelsFont(font(Font.PLAIN, 14));
        styler.setPlotGridLinesColor(GRID);
        styler.setPlotGridLinesStroke(new BasicStroke(1));
        styler.setAxisTickMarksColor(FAINT);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setChartFontColor(INK);
        styler.setChartTitleFont(font(Font.BOLD, 17));
        styler.setChartTitleBoxVisible(false);
        styler.setChartPadding(14);
        styler.setLegendFont(font(Font.PLAIN, 14));
        styler.setLegendBorderColor(Color.WHITE);
        styler.setLegendBackgroundColor(Color.WHITE);
        styler.setLegendPosition(LegendPosition.OutsideS);
        styler.setLegendLayout(LegendLayout.Horizontal);
        styler.setLegendSeriesLineLength(40);
        styler.setAnnotationLineColor(FAINT);
        styler.setAnnotationLineStroke(new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, DASHES, 0));
        styler.setAnnotationTextFont(font(Font.PLAIN, 14));
        styler.setAnnotationTextFontColor(INK);
        // Less than all of it, or the numbers at both ends of an axis are left out.
        styler.setPlotContentSize(CONTENT);
        styler.setChartTitlePadding(14);
        styler.setMarkerSize(7);
    }
}
