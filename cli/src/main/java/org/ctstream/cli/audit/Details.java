package org.ctstream.cli.audit;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what is told of a step.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 */
final class Details {
    private static final int MAX_CHARS = 500;
    private static final int DIGEST_CHARS = 12;

    private final Map<String, String> details = new LinkedHashMap<>();

    /** Leaves it out if there is nothing to tell. */
    Details with(String name, @Nullable Object value) {
        if (value != null) {
            // Headers and fields come from outside: none of them may drive the terminal.
            String text = String.valueOf(value).replaceAll("\\p{Cntrl}", "?");
            details.put(name, text.length() > MAX_CHARS ? text.substring(0, MAX_CHARS) + "…" : text);
        }
        return this;
    }

    Details digest(String name, String digest) {
        return with(name, digest.length() > DIGEST_CHARS ? digest.substring(0, DIGEST_CHARS) : digest);
    }

    Details number(String name, double value) {
        return with(name, String.format(Locale.ROOT, "%.4f", value));
    }

    Map<String, String> map() {
        return details;
    }
}
