package org.ctstream.service.objectstore;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Paths of URIs that servers, proxies and clients read in different ways: refused rather than resolved, since whoever
 * resolves them otherwise than the check did leaves the folder.
 */
public final class UnclearPaths {
    private static final List<String> REFUSED = List.of("%2e", "%2f", "%5c", "//", ";", "%3b");

    private UnclearPaths() {}

    /**
     * Whether a path has dots, separators in any spelling or path parameters ({@code ..;x} is {@code ..} to some) where
     * plain names belong.
     *
     * @param rawPath a URI's path as it is written
     */
    public static boolean isUnclear(@Nullable String rawPath) {
        if (rawPath == null) {
            return true;
        }
        String lower = rawPath.toLowerCase(Locale.ROOT);
        if (REFUSED.stream().anyMatch(lower::contains)) {
            return true;
        }
        for (String segment : lower.split("/", -1)) {
            if (segment.equals(".") || segment.equals("..")) {
                return true;
            }
        }
        return false;
    }
}
