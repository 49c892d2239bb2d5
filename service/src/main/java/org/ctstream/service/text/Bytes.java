package org.ctstream.service.text;

import java.util.Locale;

/** Sizes for people. */
public final class Bytes {
    private static final long KIB = 1024;
    private static final long MIB = KIB * KIB;

    private Bytes() {}

    /** For example {@code 812 B}, {@code 49.0 KiB}, {@code 16.0 MiB}. */
    public static String text(long bytes) {
        if (bytes < KIB) {
            return bytes + " B";
        }
        return bytes < MIB
                ? String.format(Locale.ROOT, "%.1f KiB", bytes / (double) KIB)
                : String.format(Locale.ROOT, "%.1f MiB", bytes / (double) MIB);
    }
}
