package org.ctstream.imaging.phantom;

import org.ctstream.imaging.phantom.HuCanvas.Shape;

/** Shapes as signed distances (negative inside); ellipses are exact on the edge and close to it, which is all painting needs. */
final class Shapes {

    private Shapes() {}

    static Shape ellipse(double centerX, double centerY, double radiusX, double radiusY) {
        return rotatedEllipse(centerX, centerY, radiusX, radiusY, 0);
    }

    /** An ellipse whose x axis is turned by an angle in radians, clockwise on the screen. */
    static Shape rotatedEllipse(double centerX, double centerY, double radiusX, double radiusY, double angle) {
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        return (x, y) -> {
            double u = ((x - centerX) * cos + (y - centerY) * sin) / radiusX;
            double v = ((y - centerY) * cos - (x - centerX) * sin) / radiusY;
            double r = Math.sqrt(u * u + v * v);
            double slope = Math.sqrt(u * u / (radiusX * radiusX) + v * v / (radiusY * radiusY));
            return slope == 0 ? -Math.min(radiusX, radiusY) : (r - 1) * r / slope;
        };
    }

    /** A round-ended stroke between two points. */
    static Shape capsule(double x0, double y0, double x1, double y1, double radius) {
        double dx = x1 - x0;
        double dy = y1 - y0;
        double squared = Math.max(dx * dx + dy * dy, 1e-12);
        return (x, y) -> {
            double t = Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / squared));
            double ex = x - x0 - t * dx;
            double ey = y - y0 - t * dy;
            return Math.sqrt(ex * ex + ey * ey) - radius;
        };
    }

    static Shape union(Shape... shapes) {
        return (x, y) -> {
            double nearest = Double.MAX_VALUE;
            for (Shape shape : shapes) {
                nearest = Math.min(nearest, shape.distance(x, y));
            }
            return nearest;
        };
    }

    static Shape without(Shape whole, Shape removed) {
        return (x, y) -> Math.max(whole.distance(x, y), -removed.distance(x, y));
    }

    /** As {@link #without}, with rounded corners where the edges meet, {@code radius} wide. */
    static Shape smoothWithout(Shape whole, Shape removed, double radius) {
        return (x, y) -> {
            double a = whole.distance(x, y);
            double b = -removed.distance(x, y);
            double blend = Math.max(0, radius - Math.abs(a - b)) / radius;
            return Math.max(a, b) + blend * blend * radius / 4;
        };
    }

    static Shape halfPlaneBelow(double top) {
        return (x, y) -> top - y;
    }

    static Shape intersection(Shape one, Shape other) {
        return (x, y) -> Math.max(one.distance(x, y), other.distance(x, y));
    }

    /** The shape with its edge moved outwards (positive) or inwards. */
    static Shape grown(Shape shape, double by) {
        return (x, y) -> shape.distance(x, y) - by;
    }

    /** The shape with an edge that wanders by up to {@code strength}, in waves of {@code size}. */
    static Shape wavy(Shape shape, ValueNoise noise, double size, double strength) {
        return (x, y) -> shape.distance(x, y) + strength * noise.fractal(x / size, y / size, 3);
    }
}
