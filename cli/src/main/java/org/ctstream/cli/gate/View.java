package org.ctstream.cli.gate;

import java.util.function.IntUnaryOperator;
import org.ctstream.imaging.slice.GreySlice;
import org.ctstream.imaging.slice.SliceNormalizer;

/** A slice as it is, or as it should not come: each view of a chest is a picture that is none. */
enum View {
    AS_IT_IS("as they are"),
    INVERTED("black and white swapped"),
    QUARTER_TURN("turned by 90 degrees"),
    HALF_TURN("turned by 180 degrees"),
    MIRRORED("mirrored left to right");

    private static final int SIDE = SliceNormalizer.SIDE;

    private final String words;

    View(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /** @param slice of 224 × 224 */
    GreySlice of(GreySlice slice) {
        return switch (this) {
            case AS_IT_IS -> slice;
            case INVERTED -> inverted(slice);
            case QUARTER_TURN -> moved(slice, at -> (SIDE - 1 - at % SIDE) * SIDE + at / SIDE);
            case HALF_TURN -> moved(slice, at -> SIDE * SIDE - 1 - at);
            case MIRRORED -> moved(slice, at -> at / SIDE * SIDE + SIDE - 1 - at % SIDE);
        };
    }

    private static GreySlice inverted(GreySlice slice) {
        byte[] pixels = slice.pixels().clone();
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (255 - (pixels[i] & 0xFF));
        }
        return new GreySlice(SIDE, SIDE, pixels);
    }

    private static GreySlice moved(GreySlice slice, IntUnaryOperator from) {
        byte[] pixels = new byte[SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = slice.pixels()[from.applyAsInt(i)];
        }
        return new GreySlice(SIDE, SIDE, pixels);
    }
}
