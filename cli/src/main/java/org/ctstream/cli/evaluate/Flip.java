package org.ctstream.cli.evaluate;

import java.util.List;
import org.ctstream.imaging.slice.GreySlice;

/** A slice as it is or mirrored. */
enum Flip {
    NONE(false, false),
    HORIZONTAL(true, false),
    VERTICAL(false, true),
    BOTH(true, true);

    private final boolean leftRight;
    private final boolean topBottom;

    Flip(boolean leftRight, boolean topBottom) {
        this.leftRight = leftRight;
        this.topBottom = topBottom;
    }

    /** All four views: training shows an image in each of them. */
    static List<Flip> all() {
        return List.of(values());
    }

    GreySlice of(GreySlice slice) {
        int height = slice.height();
        int width = slice.width();
        byte[] pixels = new byte[height * width];
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                int fromRow = topBottom ? height - 1 - row : row;
                int fromColumn = leftRight ? width - 1 - column : column;
                pixels[row * width + column] = slice.pixels()[fromRow * width + fromColumn];
            }
        }
        return new GreySlice(height, width, pixels);
    }
}
