package org.ctstream.imaging.augment;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Paints over one drawn rectangle of a square of bytes. */
final class Eraser {

    private static final Span LOG_ASPECT = new Span(StrictMath.log(0.3), StrictMath.log(3.3));

    private Eraser() {}

    static void apply(byte[] pixels, int side, Erasing erasing, SplittableRandom random) {
        double area = erasing.area().draw(random);
        double ratio = StrictMath.exp(LOG_ASPECT.draw(random));
        int width = length(StrictMath.sqrt(area * ratio), side);
        int height = length(StrictMath.sqrt(area / ratio), side);
        int left = random.nextInt(side - width + 1);
        int top = random.nextInt(side - height + 1);
        byte mean = (byte) Math.round(ToneCurve.mean(pixels));
        for (int row = top; row < top + height; row++) {
            int from = row * side + left;
            if (erasing.fill() == Erasing.Fill.MEAN) {
                Arrays.fill(pixels, from, from + width, mean);
            } else {
                fillWithNoise(pixels, from, from + width, random);
            }
        }
    }

    private static int length(double part, int side) {
        return (int) Math.min(side, Math.max(1, Math.round(part * side)));
    }

    private static void fillWithNoise(byte[] pixels, int from, int to, SplittableRandom random) {
        for (int i = from; i < to; i++) {
            pixels[i] = (byte) random.nextInt(256);
        }
    }
}
