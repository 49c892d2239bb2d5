package org.ctstream.trainer.dataset;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One image of a data set; its pixels are had from {@link Dataset#slice}.
 *
 * @param digest SHA-256 of the encoded bytes, 64 lower-case hexadecimal digits
 * @param positive the label: class 1 if true, class 0 otherwise
 * @param origin where the label comes from: a data set's name, or review
 */
public record LabeledImage(String digest, boolean positive, Split split, String origin) {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    public LabeledImage {
        Objects.requireNonNull(split, "split");
        Objects.requireNonNull(origin, "origin");
        if (!DIGEST.matcher(digest).matches()) {
            throw new IllegalArgumentException(
                    "digest " + digest + " (expected: 64 lower-case hexadecimal digits of a SHA-256)");
        }
    }

    /** Class index: 1 for positive, 0 for negative. */
    public int label() {
        return positive ? 1 : 0;
    }
}
