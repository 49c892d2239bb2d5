package org.ctstream.imaging.augment;

/** Exact flips of a square of bytes. */
final class Mirror {

    private Mirror() {}

    /** A copy, also where nothing is flipped: the input may be a slice that others read. */
    static byte[] copy(byte[] pixels, int side, boolean leftForRight, boolean topForBottom) {
        byte[] out = new byte[pixels.length];
        for (int row = 0; row < side; row++) {
            int from = (topForBottom ? side - 1 - row : row) * side;
            if (leftForRight) {
                for (int column = 0; column < side; column++) {
                    out[row * side + column] = pixels[from + side - 1 - column];
                }
            } else {
                System.arraycopy(pixels, from, out, row * side, side);
            }
        }
        return out;
    }
}
