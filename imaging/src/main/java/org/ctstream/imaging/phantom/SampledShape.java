package org.ctstream.imaging.phantom;

import org.ctstream.imaging.phantom.HuCanvas.Shape;

/**
 * A shape whose distances were computed once per pixel, for shapes that are costly and asked often. Between pixel
 * centres it answers with the nearest one.
 */
final class SampledShape implements Shape {

    private final int side;
    private final float[] distances;

    SampledShape(Shape shape, int side) {
        this.side = side;
        this.distances = new float[side * side];
        double pixel = 2.0 / side;
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                distances[row * side + column] =
                        (float) shape.distance((column + 0.5) * pixel - 1, (row + 0.5) * pixel - 1);
            }
        }
    }

    @Override
    public double distance(double x, double y) {
        return distances[index(y) * side + index(x)];
    }

    private int index(double coordinate) {
        return Math.min(side - 1, Math.max(0, (int) ((coordinate + 1) * side / 2)));
    }
}
