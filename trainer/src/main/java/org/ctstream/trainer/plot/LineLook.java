package org.ctstream.trainer.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Colour, dashes and marker of one line. Colours are those of Okabe and Ito, which people with any kind of colour vision
 * tell apart; dashes and markers tell the lines apart in grey as well.
 *
 * @param colour of line and marker
 * @param dashes of the line
 * @param marker at each value
 */
record LineLook(Color colour, BasicStroke dashes, Marker marker) {
    static final Color BLUE = new Color(0x0072B2);
    static final Color ORANGE = new Color(0xD55E00);
    static final Color GREEN = new Color(0x009E73);
    static final Color PURPLE = new Color(0xCC79A7);
    static final Color SKY = new Color(0x56B4E9);
    static final Color AMBER = new Color(0xE69F00);

    static final LineLook TRAIN = new LineLook(ORANGE, SeriesLines.DASH_DASH, SeriesMarkers.NONE);
    static final LineLook VALIDATION = new LineLook(BLUE, SeriesLines.SOLID, SeriesMarkers.CIRCLE);

    private static final List<Color> COLOURS = List.of(BLUE, ORANGE, GREEN, PURPLE, AMBER, SKY);
    private static final List<BasicStroke> DASHES =
            List.of(SeriesLines.SOLID, SeriesLines.DASH_DASH, SeriesLines.DASH_DOT, SeriesLines.DOT_DOT);
    private static final List<Marker> MARKERS =
            List.of(SeriesMarkers.CIRCLE, SeriesMarkers.DIAMOND, SeriesMarkers.SQUARE, SeriesMarkers.TRIANGLE_UP);

    /** The look of the n-th of many lines, from 0; the first 24 differ from each other. */
    static LineLook numbered(int number) {
        int round = number / COLOURS.size();
        return new LineLook(
                COLOURS.get(number % COLOURS.size()),
                DASHES.get(round % DASHES.size()),
                MARKERS.get(round % MARKERS.size()));
    }

    void applyTo(XYSeries line) {
        line.setLineColor(colour);
        line.setMarkerColor(colour);
        line.setLineStyle(dashes);
        line.setMarker(marker);
    }
}
