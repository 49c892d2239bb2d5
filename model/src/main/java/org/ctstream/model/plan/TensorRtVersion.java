package org.ctstream.model.plan;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of TensorRT, written {@code 8.6.1}. A plan runs on the very version that made it. */
public record TensorRtVersion(int major, int minor, int patch) implements Comparable<TensorRtVersion> {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");

    /** For example {@code &&&& RUNNING TensorRT.trtexec [TensorRT v8601] # trtexec --help}. */
    private static final Pattern BANNER = Pattern.compile("\\[TensorRT v(\\d{4,7})]");

    /** From here on the number has two digits for the minor version. */
    private static final int TWO_DIGIT_MINOR = 10_000;

    public TensorRtVersion {
        if (major < 0 || minor < 0 || patch < 0) {
            throw new IllegalArgumentException(
                    "a TensorRT version has no negative part, found " + major + ", " + minor + ", " + patch);
        }
    }

    /** The version that a text such as {@code 8.6.1} says. */
    public static TensorRtVersion parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a TensorRT version is written 8.6.1, found '" + text + "'");
        }
        return new TensorRtVersion(number(matcher, 1), number(matcher, 2), number(matcher, 3));
    }

    /** The version in a line of {@code trtexec}'s, if it is its banner: 8601 is 8.6.1, 100800 is 10.8.0. */
    static Optional<TensorRtVersion> ofBanner(String line) {
        Matcher matcher = BANNER.matcher(line);
        return matcher.find() ? Optional.of(ofNumber(number(matcher, 1))) : Optional.empty();
    }

    private static TensorRtVersion ofNumber(int number) {
        return number < TWO_DIGIT_MINOR
                ? new TensorRtVersion(number / 1000, number / 100 % 10, number % 100)
                : new TensorRtVersion(number / 10_000, number / 100 % 100, number % 100);
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    @Override
    public int compareTo(TensorRtVersion other) {
        return Comparator.comparingInt(TensorRtVersion::major)
                .thenComparingInt(TensorRtVersion::minor)
                .thenComparingInt(TensorRtVersion::patch)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
