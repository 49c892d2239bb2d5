package org.ctstream.imaging.phantom;

/**
 * Where one ground-glass opacity was planted, in pixels of the phantom.
 *
 * @param row first row
 * @param column first column
 * @param height rows, at least 1
 * @param width columns, at least 1
 */
public record OpacityBox(int row, int column, int height, int width) {

    public OpacityBox {
        if (row < 0 || column < 0 || height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "OpacityBox row %d, column %d, height %d, width %d (expected: inside the slice)"
                            .formatted(row, column, height, width));
        }
    }
}
