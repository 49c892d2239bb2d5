package org.ctstream.imaging.augment;

import java.util.SplittableRandom;

/**
 * Where the output lies in the slice: one drawn window, its mirroring and its angle.
 *
 * @param window part of the slice that fills the output
 * @param mirrored left for right
 * @param upended top for bottom
 * @param degrees angle of the window about its middle
 */
record Placement(Crop.Window window, boolean mirrored, boolean upended, double degrees) {

    static Placement draw(AugmentationSettings settings, SplittableRandom random) {
        return new Placement(
                settings.crop().draw(random),
                Probability.happens(settings.horizontalFlip(), random),
                Probability.happens(settings.verticalFlip(), random),
                settings.rotationDegrees().draw(random));
    }

    /** Whether the output is the whole slice, at most mirrored. */
    boolean isWhole() {
        return window.isWhole() && degrees == 0;
    }

    /**
     * The map from output pixels to the slice's. The angle is one of the slice's own pixels, before they are stretched
     * to the square, and about the window's middle, which leaves less of the output outside the slice than turning
     * about the slice's middle would.
     */
    AffineMap mapOnto(int height, int width, int side) {
        // The slice's content turns clockwise as shown when the window turns the other way; rows grow downwards.
        double radians = StrictMath.toRadians(-degrees);
        double cos = StrictMath.cos(radians);
        double sin = StrictMath.sin(radians);
        double perColumn = (mirrored ? -1 : 1) * window.width() * width / side;
        double perRow = (upended ? -1 : 1) * window.height() * height / side;
        double middle = (side - 1) / 2.0;
        double xPerColumn = cos * perColumn;
        double yPerColumn = sin * perColumn;
        double xPerRow = -sin * perRow;
        double yPerRow = cos * perRow;
        // Positions are those of pixel centers: the first pixel's center, at half a pixel from the edge, is 0.
        double x = (window.left() + window.width() / 2) * width - 0.5 - middle * (xPerColumn + xPerRow);
        double y = (window.top() + window.height() / 2) * height - 0.5 - middle * (yPerColumn + yPerRow);
        return new AffineMap(x, y, xPerColumn, yPerColumn, xPerRow, yPerRow);
    }
}
