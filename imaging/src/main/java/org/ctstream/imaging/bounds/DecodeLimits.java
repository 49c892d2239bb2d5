package org.ctstream.imaging.bounds;

import java.time.Duration;
import java.util.Objects;

/**
 * What decoding one scan may cost. All bounds are inclusive and are checked before memory is taken.
 *
 * @param maxEncodedBytes longest accepted input, in bytes
 * @param maxWidth most columns
 * @param maxHeight most rows
 * @param maxPixels most columns × rows; a decode holds up to 10 bytes per pixel (16-bit RGBA and the grey result)
 * @param maxDecodeTime wall time after which decoding is given up
 */
public record DecodeLimits(long maxEncodedBytes, int maxWidth, int maxHeight, long maxPixels, Duration maxDecodeTime) {

    /**
     * 32 MiB encoded, sides of 16,384, 16 Mi pixels (4096 × 4096) and 10 s: a CT slice has 0.25 to 1 Mi pixels, and the
     * worst image that passes takes about 170 MiB, so that one decode fits a heap of 512 MiB.
     */
    public static final DecodeLimits DEFAULTS =
            new DecodeLimits(32L << 20, 16_384, 16_384, 16L << 20, Duration.ofSeconds(10));

    private static final long MOST_PIXELS = 1L << 28;

    public DecodeLimits {
        Objects.requireNonNull(maxDecodeTime, "maxDecodeTime");
        requirePositive("maxEncodedBytes", maxEncodedBytes);
        requirePositive("maxWidth", maxWidth);
        requirePositive("maxHeight", maxHeight);
        requirePositive("maxPixels", maxPixels);
        if (maxPixels > MOST_PIXELS) {
            throw new IllegalArgumentException("maxPixels is " + maxPixels + " (expected: at most " + MOST_PIXELS
                    + ", beyond which an image's bytes no longer fit one array)");
        }
        if (maxDecodeTime.isNegative() || maxDecodeTime.isZero()) {
            throw new IllegalArgumentException("maxDecodeTime is " + maxDecodeTime + " (expected: more than zero)");
        }
    }

    private static void requirePositive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + " (expected: 1 or more)");
        }
    }

    /**
     * Checks a geometry that a header declares, before anything is allocated for it.
     *
     * @param format what the header belongs to, for the message
     * @throws ScanDecodeException {@code CORRUPT} for sides below 1, {@code TOO_LARGE} for sides or an area over the bounds
     */
    public void checkGeometry(String format, long width, long height) throws ScanDecodeException {
        if (width < 1 || height < 1) {
            throw new ScanDecodeException(
                    ScanDecodeException.Reason.CORRUPT,
                    format + " dimensions",
                    "header declares %d x %d pixels (expected: 1 or more each)".formatted(width, height),
                    "export the scan again");
        }
        if (width > maxWidth || height > maxHeight || width > maxPixels / height) {
            throw new ScanDecodeException(
                    ScanDecodeException.Reason.TOO_LARGE,
                    format + " dimensions",
                    "header declares %d x %d pixels (allowed: width %d, height %d, %d pixels in all)"
                            .formatted(width, height, maxWidth, maxHeight, maxPixels),
                    "send one axial slice, not a montage, or raise the decoder's limits");
        }
    }
}
