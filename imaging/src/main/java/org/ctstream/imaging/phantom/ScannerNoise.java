package org.ctstream.imaging.phantom;

/**
 * What the scanner adds: a point spread, quantum noise that neighbouring pixels share in part, whole HU values, and the
 * empty rim outside the round field of view.
 */
final class ScannerNoise {

    private static final short OUTSIDE_FIELD = -1024;
    private static final double FIELD_RADIUS = 0.995;
    private static final int MAX_HU = 3071;

    private final Range draw;

    ScannerNoise(Range draw) {
        this.draw = draw;
    }

    short[] measure(HuCanvas canvas) {
        int side = canvas.side;
        double sigma = draw.between(12.0, 24.0);
        double[] white = new double[side * side];
        for (int i = 0; i < white.length; i++) {
            white[i] = draw.gaussian();
        }
        short[] hu = new short[side * side];
        for (int row = 0; row < side; row++) {
            double y = canvas.coordinate(row);
            for (int column = 0; column < side; column++) {
                double x = canvas.coordinate(column);
                int at = row * side + column;
                boolean inField = x * x + y * y < FIELD_RADIUS * FIELD_RADIUS;
                hu[at] = inField
                        ? clip(spread(canvas, row, column) + sigma * shared(white, side, row, column))
                        : OUTSIDE_FIELD;
            }
        }
        return hu;
    }

    /** A 3 × 3 binomial kernel, weakened: reconstruction for lungs is sharp. */
    private static double spread(HuCanvas canvas, int row, int column) {
        float[] hu = canvas.hu;
        int side = canvas.side;
        if (row == 0 || column == 0 || row == side - 1 || column == side - 1) {
            return hu[row * side + column];
        }
        int at = row * side + column;
        double cross = hu[at - 1] + hu[at + 1] + hu[at - side] + hu[at + side];
        return 0.6 * hu[at] + 0.1 * cross;
    }

    private static double shared(double[] white, int side, int row, int column) {
        int at = row * side + column;
        double right = white[column + 1 < side ? at + 1 : at];
        double below = white[row + 1 < side ? at + side : at];
        return 0.75 * white[at] + 0.45 * right + 0.45 * below;
    }

    private static short clip(double hu) {
        return (short) Math.min(MAX_HU, Math.max(OUTSIDE_FIELD, Math.round(hu)));
    }
}
