package org.ctstream.imaging.phantom;

import java.util.List;
import org.ctstream.imaging.phantom.HuCanvas.Shape;

/**
 * Plants ground-glass opacities: hazy patches of -600 to -300 HU along the pleura, more at the back, through which
 * vessels stay visible.
 *
 * <p>Not thread-safe.
 */
final class GroundGlass {

    private static final double DENSEST_HU = -300;
    private static final double THINNEST_HU = -600;
    private static final double SOFT_EDGE = 0.035;
    private static final int TRIES = 400;

    private final Range draw;
    private final ChestAnatomy chest;
    private final ValueNoise texture;

    GroundGlass(Range draw, ChestAnatomy chest) {
        this.draw = draw;
        this.chest = chest;
        this.texture = new ValueNoise(draw.seed());
    }

    /** Paints the patches; marks their pixels in the mask and adds the box of each. */
    void plant(HuCanvas canvas, boolean[] mask, List<OpacityBox> boxes) {
        int wanted = draw.between(2, 6);
        for (int attempt = 0; attempt < TRIES && boxes.size() < wanted; attempt++) {
            double x = draw.between(-1.0, 1.0) * chest.cavityX();
            double y = chest.middleY() + draw.between(-0.75, 0.95) * chest.cavityY();
            double fromPleura = -chest.cavity().distance(x, y);
            boolean kept = draw.between(0.0, 1.0) < (y > chest.middleY() ? 1.0 : 0.4);
            if (kept && fromPleura > 0.02 && fromPleura < 0.12 && chest.lungs().distance(x, y) < -0.015) {
                plantOne(canvas, x, y, mask, boxes);
            }
        }
    }

    private void plantOne(HuCanvas canvas, double x, double y, boolean[] mask, List<OpacityBox> boxes) {
        double along = draw.between(0.09, 0.20);
        double across = along * draw.between(0.5, 0.8);
        double tangent = StrictMath.atan2(x, -(y - chest.middleY()) * 1.6);
        Shape patch = Shapes.wavy(
                Shapes.rotatedEllipse(x, y, along, across, tangent), new ValueNoise(draw.seed()), 0.09, 0.075);
        Shape opacity = Shapes.intersection(patch, Shapes.grown(chest.lungs(), -0.004));
        double meanHu = draw.between(-540, -380);
        double reach = along + 0.12;
        canvas.paint(
                opacity,
                (u, v) -> hu(meanHu, u, v),
                SOFT_EDGE * canvas.side / 2,
                x - reach,
                y - reach,
                x + reach,
                y + reach);
        mark(canvas, opacity, x, y, reach, mask, boxes);
    }

    private double hu(double meanHu, double x, double y) {
        double haze = 60 * texture.fractal(x * 14, y * 14, 4);
        // Thickened septa show as a fine net within the haze.
        double net = Math.max(0, 1 - 6 * Math.abs(texture.at(x * 26 + 40, y * 26))) * 70;
        return Math.min(DENSEST_HU, Math.max(THINNEST_HU, meanHu + haze + net));
    }

    /** Sets the mask inside the shape and adds the box of what was set; reach bounds the shape round its middle. */
    private static void mark(
            HuCanvas canvas, Shape opacity, double x, double y, double reach, boolean[] mask, List<OpacityBox> boxes) {
        int top = canvas.side;
        int bottom = -1;
        int left = canvas.side;
        int right = -1;
        for (int row = canvas.index(y - reach); row <= canvas.index(y + reach); row++) {
            for (int column = canvas.index(x - reach); column <= canvas.index(x + reach); column++) {
                if (opacity.distance(canvas.coordinate(column), canvas.coordinate(row)) < 0) {
                    mask[row * canvas.side + column] = true;
                    top = Math.min(top, row);
                    bottom = row;
                    left = Math.min(left, column);
                    right = Math.max(right, column);
                }
            }
        }
        if (bottom >= 0) {
            boxes.add(new OpacityBox(top, left, bottom - top + 1, right - left + 1));
        }
    }
}
