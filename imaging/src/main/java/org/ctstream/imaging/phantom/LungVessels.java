package org.ctstream.imaging.phantom;

import org.ctstream.imaging.phantom.HuCanvas.Shape;

/**
 * The branching that makes a lung look like one: vessels that fan out from the hilum, divide and thin towards the pleura,
 * vessels cut across as dots, and bronchi as dark rings near the hilum.
 *
 * <p>Not thread-safe.
 */
final class LungVessels {

    /** Half a pixel of a 512 slice: thinner ones are noise. */
    private static final double THINNEST = 0.0017;

    private static final double VESSEL_HU = 45;

    private final Range draw;
    private final Shape lungs;
    private final double hilumY;
    private final double cavityX;

    LungVessels(Range draw, Shape lungs, double hilumY, double cavityX) {
        this.draw = draw;
        this.lungs = Shapes.grown(lungs, -0.012);
        this.hilumY = hilumY;
        this.cavityX = cavityX;
    }

    void paint(HuCanvas canvas) {
        for (int side = -1; side <= 1; side += 2) {
            double hilumX = side * 0.15;
            int trunks = draw.between(6, 8);
            for (int trunk = 0; trunk < trunks; trunk++) {
                double angle = -1.5 + (trunk + draw.between(0.2, 0.8)) * 3.0 / trunks;
                double heading = side > 0 ? angle : Math.PI - angle;
                branch(canvas, hilumX, hilumY + draw.between(-0.05, 0.05), heading, draw.between(0.013, 0.022));
            }
            paintDots(canvas, side);
            paintBronchi(canvas, side);
        }
    }

    /** One short piece of vessel; it goes on a little thinner and turned, and may give off a branch. */
    private void branch(HuCanvas canvas, double x, double y, double heading, double radius) {
        if (radius < THINNEST) {
            return;
        }
        double run = draw.between(0.028, 0.052);
        double endX = x + run * StrictMath.cos(heading);
        double endY = y + run * StrictMath.sin(heading);
        paintInLung(canvas, Shapes.capsule(x, y, endX, endY, radius), x, y, endX, endY, radius);
        // A vessel that leaves the plane is seen no further.
        if (draw.between(0.0, 1.0) < 0.93) {
            branch(canvas, endX, endY, heading + draw.between(-0.28, 0.28), radius * draw.between(0.78, 0.91));
        }
        if (draw.between(0.0, 1.0) < 0.46) {
            double turn = draw.between(0.45, 1.0) * (draw.between(0, 1) == 0 ? -1 : 1);
            branch(canvas, endX, endY, heading + turn, radius * draw.between(0.45, 0.68));
        }
    }

    private void paintDots(HuCanvas canvas, int side) {
        for (int dot = 0; dot < 70; dot++) {
            double out = draw.between(0.18, 0.97) * cavityX;
            double x = side * out;
            double y = hilumY + draw.between(-0.45, 0.45);
            double radius = 0.0025 + draw.between(0.0, 0.0085) * (1 - out / cavityX);
            paintInLung(canvas, Shapes.ellipse(x, y, radius, radius), x, y, x, y, radius);
        }
    }

    private void paintBronchi(HuCanvas canvas, int side) {
        for (int bronchus = 0; bronchus < 5; bronchus++) {
            double x = side * draw.between(0.17, 0.34);
            double y = hilumY + draw.between(-0.14, 0.16);
            double radius = draw.between(0.007, 0.015);
            double stretch = draw.between(1.0, 1.5);
            double angle = draw.between(0.0, 3.1);
            double reach = radius * stretch + 0.02;
            Shape lumen = Shapes.rotatedEllipse(x, y, radius * stretch, radius, angle);
            Shape wall = Shapes.intersection(Shapes.grown(lumen, 0.0055), lungs);
            canvas.paint(wall, (u, v) -> -150, 1.5, x - reach, y - reach, x + reach, y + reach);
            canvas.paint(
                    Shapes.intersection(lumen, lungs), (u, v) -> -970, 1.5, x - reach, y - reach, x + reach, y + reach);
        }
    }

    private void paintInLung(HuCanvas canvas, Shape shape, double x0, double y0, double x1, double y1, double radius) {
        double reach = radius + 0.01;
        canvas.paint(
                Shapes.intersection(shape, lungs),
                (x, y) -> VESSEL_HU,
                1.6,
                Math.min(x0, x1) - reach,
                Math.min(y0, y1) - reach,
                Math.max(x0, x1) + reach,
                Math.max(y0, y1) + reach);
    }
}
