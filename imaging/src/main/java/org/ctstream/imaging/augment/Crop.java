package org.ctstream.imaging.augment;

import java.util.SplittableRandom;

/**
 * Which window of the slice fills the output.
 *
 * <p>Areas and aspect ratios are relative to the whole slice, not to square pixels: serving stretches the whole slice to
 * the square, so a window of area 1 and aspect 1 is what serving sees, and the drawn windows lie around it. (A ratio of
 * pixels, as in torchvision's RandomResizedCrop, would squeeze wide slices in a way serving never does.)
 *
 * @param area part of the slice's area, within 0.01..1
 * @param aspect width by height of the window, both as parts of the slice's sides, within 0.1..10; drawn evenly in its
 *     logarithm, and given up as far as needed for the window to fit
 * @param centred whether the window stays in the middle instead of anywhere
 */
public record Crop(Span area, Span aspect, boolean centred) {

    /** The whole slice: what serving sees. */
    public static final Crop WHOLE = new Crop(Span.of(1), Span.of(1), true);

    public Crop {
        area.within("crop area", 0.01, 1);
        aspect.within("crop aspect", 0.1, 10);
    }

    Window draw(SplittableRandom random) {
        double part = area.draw(random);
        double ratio =
                StrictMath.exp(new Span(StrictMath.log(aspect.min()), StrictMath.log(aspect.max())).draw(random));
        double width = Math.min(1, StrictMath.sqrt(part * ratio));
        double height = Math.min(1, StrictMath.sqrt(part / ratio));
        double horizontal = random.nextDouble();
        double vertical = random.nextDouble();
        return centred
                ? new Window((1 - width) / 2, (1 - height) / 2, width, height)
                : new Window((1 - width) * horizontal, (1 - height) * vertical, width, height);
    }

    /** A window in parts of the slice's sides; (0, 0) is the top left corner. */
    record Window(double left, double top, double width, double height) {

        boolean isWhole() {
            return width == 1 && height == 1;
        }
    }
}
