package org.ctstream.cli.shadow;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slices that were read and not compared, by the reason.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 */
final class Skipped {
    /** Why a slice is in no figure. */
    enum Reason {
        NO_RESULT("production has no result of it"),
        OTHER_RELEASE("its result is by another release than the one in production"),
        FORGOTTEN("its result did not come before too many others were waited for"),
        ANOTHER_SIZE("the candidate wants slices of another size"),
        TWICE("delivered twice"),
        UNREADABLE("no slice");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }

    private final Map<Reason, Long> counts = new EnumMap<>(Reason.class);

    void add(Reason reason, long slices) {
        if (slices > 0) {
            counts.merge(reason, slices, Long::sum);
        }
    }

    /** In words, the reasons that occurred. */
    Map<String, Long> byReason() {
        var words = new LinkedHashMap<String, Long>();
        counts.forEach((reason, slices) -> words.put(reason.text, slices));
        return words;
    }
}
