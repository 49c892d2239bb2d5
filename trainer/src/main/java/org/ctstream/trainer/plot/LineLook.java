package org.ctstream.trainer.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Colour, dashes and marker of one line. Colours are those of Okabe and Ito, which people with any kind of colour vision
 * tell apart; dashes and markers tell the lines apart in grey as well.
 *
 * @param colour of line and marker
 * @param stroke of the line
 * @param marker at each value
 */
record LineLook(Color colour, BasicStroke stroke, Marker marker) {
    static final Color BLUE = new Color(0x0072B2);
    static final Color ORANGE = new Color(0xD55E00);
    private static final Color GREEN = new Color(0x009E73);
    private static final Color PURPLE = new Color(0xCC79A7);
    private static final Color SKY = new Color(0x56B4E9);
    private static final Color AMBER = new Color(0xE69F00);

    private static final BasicStroke SOLID = stroke(2.2f);
    private static final BasicStroke DASHED = stroke(2, 8, 5);

    static final LineLook TRAIN = new LineLook(ORANGE, DASHED, SeriesMarkers.DIAMOND);
    static final LineLook VALIDATION = new LineLook(BLUE, SOLID, SeriesMarkers.CIRCLE);

    /** A line that only helps to read the others. */
    static final LineLook GUIDE = new LineLook(ChartStyle.FAINT, stroke(1.2f, 6, 5), SeriesMarkers.NONE);

    private static final List<Color> COLOURS = List.of(BLUE, ORANGE, GREEN, PURPLE, AMBER, SKY);
    private static final List<BasicStroke> STROKES = List.of(SOLID, DASHED, stroke(2, 2, 4), stroke(2, 10, 4, 2, 4));
    private static final List<Marker> MARKERS =
            List.of(SeriesMarkers.CIRCLE, SeriesMarkers.DIAMOND, SeriesMarkers.SQUARE, SeriesMarkers.TRIANGLE_UP);

    /** The look of the n-th of many lines, from 0; the first 24 differ from each other. */
    static LineLook numbered(int number) {
        int round = number / COLOURS.size();
        return new LineLook(
                COLOURS.get(number % COLOURS.size()),
                STROKES.get(round % STROKES.size()),
                MARKERS.get(number % MARKERS.size()));
    }

    LineLook withoutMarker() {
        return new LineLook(colour, stroke, SeriesMarkers.NONE);
    }

    void applyTo(XYSeries line) {
        line.setLineColor(colour);
        line.setLineStyle(stroke);
        line.setMarkerColor(colour);
        line.setMarker(marker);
    }

    private static BasicStroke stroke(float width, float... dashes) {
        return dashes.length == 0
                ? new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
                : new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dashes, 0);
    }
}
