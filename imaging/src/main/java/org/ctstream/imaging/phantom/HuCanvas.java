package org.ctstream.imaging.phantom;

import java.util.Arrays;

/**
 * A square field of Hounsfield units that tissues are painted into, with soft edges one pixel wide, as a scanner's
 * partial-volume effect gives them. Coordinates run from -1 to 1, x to the right, y down, independent of the side.
 *
 * <p>Not thread-safe.
 */
final class HuCanvas {

    /** The HU a tissue has at a place. */
    interface Tissue {
        double hu(double x, double y);
    }

    /** Signed distance to a shape's edge, negative inside, in canvas units. */
    interface Shape {
        double distance(double x, double y);
    }

    final int side;
    final float[] hu;
    private final double pixel;

    HuCanvas(int side, float background) {
        this.side = side;
        this.hu = new float[side * side];
        this.pixel = 2.0 / side;
        Arrays.fill(hu, background);
    }

    double coordinate(int index) {
        return (index + 0.5) * pixel - 1;
    }

    /** Paints over the whole canvas. */
    void paint(Shape shape, Tissue tissue, double softPixels) {
        paint(shape, tissue, softPixels, -1, -1, 1, 1);
    }

    /** Paints inside a box, for small shapes. */
    void paint(Shape shape, Tissue tissue, double softPixels, double left, double top, double right, double bottom) {
        int firstRow = index(top);
        int lastRow = index(bottom);
        int firstColumn = index(left);
        int lastColumn = index(right);
        double soft = softPixels * pixel;
        for (int row = firstRow; row <= lastRow; row++) {
            double y = coordinate(row);
            for (int column = firstColumn; column <= lastColumn; column++) {
                double x = coordinate(column);
                double cover = cover(shape.distance(x, y), soft);
                if (cover > 0) {
                    int at = row * side + column;
                    hu[at] += (float) (cover * (tissue.hu(x, y) - hu[at]));
                }
            }
        }
    }

    /** How much of a pixel a shape's edge at this distance covers, 0 to 1. */
    static double cover(double distance, double soft) {
        return Math.min(1, Math.max(0, 0.5 - distance / soft));
    }

    /** The row or column a coordinate falls in, moved into the canvas if it lies outside. */
    int index(double coordinate) {
        return Math.min(side - 1, Math.max(0, (int) ((coordinate + 1) / pixel)));
    }
}
