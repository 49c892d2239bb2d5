package org.ctstream.imaging.augment;

/**
 * Position in the slice of every output pixel: (x, y) + column × (xPerColumn, yPerColumn) + row × (xPerRow, yPerRow), in
 * pixels of the slice, 0 being the center of its first pixel.
 */
record AffineMap(double x, double y, double xPerColumn, double yPerColumn, double xPerRow, double yPerRow) {

    /** Slice pixels from one output column to the next. */
    double columnStep() {
        return Math.sqrt(xPerColumn * xPerColumn + yPerColumn * yPerColumn);
    }

    /** Slice pixels from one output row to the next. */
    double rowStep() {
        return Math.sqrt(xPerRow * xPerRow + yPerRow * yPerRow);
    }
}
